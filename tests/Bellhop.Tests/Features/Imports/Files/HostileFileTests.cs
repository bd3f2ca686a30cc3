using System.IO.Compression;
using System.Text;
using Bellhop.Features.Imports.Files;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class HostileFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("a,\"")]
    public void A_line_of_a_hundred_megabytes_is_passed_over_in_little_memory(string before)
    {
        using var file = new GuestFile("name,phone\nAna,+34612345678\n");
        using (var stream = new StreamWriter(file.Path, append: true))
        {
            stream.Write(before);
            for (var i = 0; i < 1600; i++)
            {
                stream.Write(new string('1', 64 * 1024));
            }

            stream.Write("\nBen,+34612345679\n");
        }

        var layout = file.Layout;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var rows = file.Rows;
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(20_000_000);
        rows.Select(r => (r.Line, r.Problem?.Key)).ShouldBe([(2, null), (3, "Row.TooLong"), (4, null)]);
        layout.Headings.ShouldBe(["name", "phone"]);
    }

    [Fact]
    public void A_million_columns_are_refused_as_headings_and_as_a_row()
    {
        using var headings = new GuestFile("phone" + new string(',', 1_000_000) + "\n1\n");
        headings.Refused.ShouldBe("File.HeadingsLong");
        using var fewer = new GuestFile("phone" + new string(',', 100_000) + "\n1\n");
        fewer.Refused.ShouldBe("File.TooManyColumns");
        using var row = new GuestFile("name,phone\nAna," + new string(',', 1_000_000) + "\nBen,2\nCy,3" + new string(',', 200_000));
        row.Rows.Select(r => r.Problem?.Key).ShouldBe(["Row.TooLong", null, null]);
        row.Guests[2].Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Only_rows_in_trouble_do_not_pile_up()
    {
        using var file = new GuestFile("name,phone\n" + string.Concat(Enumerable.Repeat("\0,+34612345678\n", 500_000)) + "Ana,2");
        file.Rows.Count.ShouldBe(500_001);
    }

    [Fact]
    public void Utf_16_of_odd_length_and_without_a_mark_is_read()
    {
        var bytes = Encoding.Unicode.GetBytes("Name;Phone\r\nAna;+34612345678\r\n");
        using var odd = new GuestFile([.. Encoding.Unicode.Preamble, .. bytes, 0x41]);
        odd.Guests[0].Phone.ShouldBe("+34612345678");
        using var bare = new GuestFile(bytes);
        (bare.Layout.Encoding, bare.Guests.Single().Name).ShouldBe(("utf-16", "Ana"));
        using var big = new GuestFile(Encoding.BigEndianUnicode.GetBytes("Name;Phone\r\nÁna;+34612345678\r\n"));
        (big.Layout.Encoding, big.Guests.Single().Name).ShouldBe(("utf-16BE", "Ána"));
    }

    [Fact]
    public void Utf_8_cut_off_stays_utf_8_and_no_replacement_character_is_taken()
    {
        var whole = Encoding.UTF8.GetBytes("Name,Phone\nJosé,+34612345678\nRené,+34612345679\n+34612345670,Zoé");
        using var cut = new GuestFile(whole[..^1]);
        cut.Layout.Encoding.ShouldBe("utf-8");
        cut.Guests.Select(g => (g.Name, g.Problem?.Key)).ShouldBe([("José", null), ("René", null), (null, "Row.Damaged")]);
    }

    [Fact]
    public void One_byte_at_the_end_of_a_long_file_makes_it_windows_1252()
    {
        var text = "Name,Phone\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"Guest {i},+346{i:00000000}\n"));
        using var file = new GuestFile([.. Encoding.ASCII.GetBytes(text), .. "Jos"u8, 0xE9, .. ",+34612345678"u8]);
        file.Layout.Encoding.ShouldBe("windows-1252");
        file.Guests[^1].Name.ShouldBe("José");
        using var utf8 = new GuestFile(text + "José,+34612345678");
        utf8.Layout.Encoding.ShouldBe("utf-8");
    }

    [Fact]
    public void Other_files_are_known_by_their_bytes_whatever_they_are_called()
    {
        using var zip = new GuestFile(Zip("guests.csv"));
        zip.Refused.ShouldBe("File.Archive");
        using var excel = new GuestFile(Zip("xl/workbook.xml"));
        excel.Refused.ShouldBe("File.Excel");
        using var old = new GuestFile([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
        old.Refused.ShouldBe("File.Excel");
        using var pdf = new GuestFile("%PDF-1.7\n");
        pdf.Refused.ShouldBe("File.Pdf");
        using var web = new GuestFile(" <html><table><tr><td>Name</td></tr></table></html>");
        web.Refused.ShouldBe("File.Web");
        using var json = new GuestFile("[{\"phone\":\"1\"}]");
        json.Refused.ShouldBe("File.Json");
        using var noise = new GuestFile([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7 % 256))]);
        noise.Refused.ShouldBe("File.Binary");
        using var blank = new GuestFile("\uFEFF \r\n\t\n");
        blank.Refused.ShouldBe("File.Empty");
    }

    [Fact]
    public void Headings_that_are_none_are_refused_and_no_rows_are_none()
    {
        using var bare = new GuestFile("Ana,+34612345678\nBen,+34612345679\n");
        bare.Refused.ShouldBe("File.NoHeadings");
        using var phoneless = new GuestFile("Name,City\nAna,Lisbon\n");
        phoneless.Refused.ShouldBe("File.NoPhoneColumn");
        using var quote = new GuestFile("\"Name,Phone\nAna,1\n");
        quote.Refused.ShouldBe("File.HeadingsQuote");
        using var own = new GuestFile("name,email,customer since\nAna,ana@example.com,2025-03\n");
        own.Layout.IsOurs.ShouldBeTrue();
        using var strange = new GuestFile("Wer,Wohin\nAna,+34 612 345 678\n");
        strange.Layout.Headings.ShouldBe(["Wer", "Wohin"]);
        using var none = new GuestFile("Name,Phone");
        none.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sep=;\r\nName;Phone\r\nAna;1\r\n", ';')]
    [InlineData("\"sep=|\"\nName|Phone\nAna|1\n", '|')]
    [InlineData("sep=\t\rName\tPhone\rAna\t1", '\t')]
    [InlineData("SEP=,\nName,Phone\nAna,1", ',')]
    public void The_hint_of_a_spreadsheet_is_obeyed_and_counts_as_a_line(string text, char delimiter)
    {
        using var file = new GuestFile(text);
        file.Layout.Delimiter.ShouldBe(delimiter);
        file.Rows.ShouldHaveSingleItem().Line.ShouldBe(3);
        file.Rows[0].Cells.ShouldBe(["Ana", "1"]);
    }

    [Fact]
    public void Headings_decide_the_delimiter_before_rows_do()
    {
        using var file = new GuestFile("Name;\"Phone, mobile\";Note\nAna;1;a,b,c,d,e,f\n");
        file.Layout.Delimiter.ShouldBe(';');
        using var one = new GuestFile("phone\n+34612345678\n");
        one.Rows.ShouldHaveSingleItem().Cells.ShouldBe(["+34612345678"]);
        ImportFile.Samples(file.Path, file.Layout, 3, TestContext.Current.CancellationToken)[2].ShouldBe(["a,b,c,d,e,f"]);
    }

    private static byte[] Zip(string entry)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
            writer.Write("name,phone");
        }

        return memory.ToArray();
    }
}

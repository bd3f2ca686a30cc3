using System.Text;
using System.Text.Json;
using Bellhop.Features.Imports.Files;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Imports.Files;

/// <summary>Files as address books, spreadsheets and people really write them.</summary>
public sealed class CaseFilesTests
{
    [Theory]
    [InlineData("utf8_bom_crlf", "utf-8", ',')]
    [InlineData("utf8_lf", "utf-8", ',')]
    [InlineData("utf16le_bom_tab", "utf-16", '\t')]
    [InlineData("utf16be_bom", "utf-16BE", null)]
    [InlineData("cr_only", "utf-8", ',')]
    [InlineData("semicolon_sep_line", "utf-8", ';')]
    [InlineData("semicolon", "utf-8", ';')]
    [InlineData("pipe", "utf-8", '|')]
    [InlineData("mixed_eol", "utf-8", ',')]
    [InlineData("windows1252", "windows-1252", ',')]
    public void The_same_guests_are_read_in_every_form(string name, string encoding, char? delimiter)
    {
        var path = Cases.Path($"d_csv/encodings/{name}.csv");
        var layout = ImportFile.Look(path, TestContext.Current.CancellationToken);

        layout.Encoding.ShouldBe(encoding);
        layout.Delimiter.ShouldBe(delimiter ?? layout.Delimiter);
        layout.Headings.ShouldBe(["Name", "Phone", "Email", "Group"]);
        ColumnMapping.Guess(layout).Columns.Select(c => c.Field).ShouldBe([ImportField.Name, ImportField.Phone, ImportField.Email, null]);
        GuestFile.GuestsOf(path).Select(Shown).ShouldBe(Expected($"encodings/{name}.csv"));
        ImportFile.CountRows(path, layout, TestContext.Current.CancellationToken).ShouldBe(Expected($"encodings/{name}.csv").Count);
    }

    [Theory]
    [InlineData("platform/google_contacts_old_header.csv")]
    [InlineData("platform/outlook_2016.csv")]
    [InlineData("platform/systeme_io.csv")]
    [InlineData("platform/thunderbird_basic.csv")]
    [InlineData("platform/chatwoot_with_emoji.csv")]
    [InlineData("encodings/headers_messy.csv")]
    [InlineData("encodings/header_only.csv")]
    [InlineData("encodings/ragged.csv")]
    public void An_export_is_mapped_by_its_headings(string file)
    {
        var path = Cases.Path("d_csv/" + file);
        var region = Line(file).GetProperty("default_region").GetString();
        var taken = GuestFile.GuestsOf(path).Where(g => g.Problem is null && Phone.Parse(g.Phone, g.Country ?? region).Possible).ToList();

        taken.Select(Shown).ShouldBe(Expected(file).Where(e => !e.Contains("not valid", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_several_things_stand_in_one_cell_the_first_counts_and_tags_are_all_taken()
    {
        var google = GuestFile.GuestsOf(Cases.Path("d_csv/platform/google_contacts_old_header.csv"));
        google
            .Select(g => (g.Line, g.Name, g.Phone, g.Email))
            .ShouldBe([
                (2, "María José Carreño Quiñones", "+34 612 345 678", "mj@example.com"),
                (4, "O'Brien, Seán", "085 123 4567", null),
                (5, null, "+44 7400 123456", null),
                (6, "Solo Mail", null, "solo@example.com"),
            ]);
        google[0].Tags.ShouldBe(["Guests"]);

        var outlook = GuestFile.GuestsOf(Cases.Path("d_csv/platform/outlook_2016.csv"));
        outlook
            .Select(g => (g.Name, g.Phone, g.Line))
            .ShouldBe([("Jürgen Müller-Lüdenscheidt", "0151 23456789", 2), ("Primary Only", "+49 30 901820", 4)]);
        outlook[0].Tags.ShouldBe(["VIP", "Stammgast"]);

        var systeme = GuestFile.GuestsOf(Cases.Path("d_csv/platform/systeme_io.csv")).ShouldHaveSingleItem();
        systeme.Tags.ShouldBe(["lead", "client"]);
        (systeme.Name, systeme.Country).ShouldBe(("Léa Martin", "FR"));
    }

    [Theory]
    [InlineData("vcard/outlook-2003.vcf", "File.OldCard")]
    [InlineData("encodings/empty.csv", "File.Empty")]
    [InlineData("encodings/not_csv.png.csv", "File.Image")]
    public void What_cannot_be_used_is_refused_as_a_whole(string file, string key) =>
        GuestFile.RefusalOf(Cases.Path("d_csv/" + file)).ShouldBe(key);

    [Fact]
    public void A_short_row_is_filled_up_a_long_one_cut_and_an_unclosed_quote_refused()
    {
        var guests = GuestFile.GuestsOf(Cases.Path("d_csv/encodings/ragged.csv"));
        guests
            .Select(g => (g.Line, g.Name, g.Email, g.Problem?.Key))
            .ShouldBe([(2, "A", null, null), (3, "B", "b@example.com", null), (6, null, null, "Row.UnclosedQuote")]);
        guests[1].Warnings.ShouldHaveSingleItem().Args.ShouldBe(["extra, more"]);
    }

    [Fact]
    public void A_doubled_heading_is_the_first()
    {
        var layout = ImportFile.Look(Cases.Path("d_csv/encodings/headers_messy.csv"), TestContext.Current.CancellationToken);
        layout.Headings.ShouldBe(["NAME", "PHONE  NUMBER", "e-Mail", "Phone number"]);
        ColumnMapping.Guess(layout).Columns.Select(c => c.Field).ShouldBe([ImportField.Name, ImportField.Phone, ImportField.Email, null]);
    }

    [Fact]
    public void A_row_with_nul_is_refused_and_the_next_is_read()
    {
        var rows = GuestFile.Read(Cases.Path("d_csv/encodings/nul_and_long.csv"));
        rows.Select(r => (r.Line, r.Problem?.Key)).ShouldBe([(2, "Row.Nul"), (3, null)]);
        rows[0].Cells.ShouldHaveSingleItem().ShouldStartWith("A␀B,");
        rows[1].Cells[0].Length.ShouldBeGreaterThan(90_000);
    }

    [Fact]
    public void Names_like_formulas_are_read_as_they_are()
    {
        var guests = GuestFile.GuestsOf(Cases.Path("d_csv/injection/formula.csv"));
        guests.Count.ShouldBe(6);
        guests[1].Name.ShouldBe("@SUM(1+9)*cmd|' /C calc'!A0");
        guests.ShouldAllBe(g => SpreadsheetText.Unguard(SpreadsheetText.Guard(g.Name!)) == g.Name);
    }

    [Fact]
    public void Phones_that_a_spreadsheet_spoilt_are_possible_exactly_where_they_can_be()
    {
        foreach (var row in GuestFile.Read(Cases.Path("d_csv/excel_damage/phones.csv")))
        {
            var phone = Phone.Parse(row.Cells[1], row.Cells[2]);
            (phone.Possible ? phone.E164 : "REJECT").ShouldBe(row.Cells[3], row.Cells[0]);
        }
    }

    [Fact]
    public void A_phone_behind_an_apostrophe_is_the_phone() =>
        GuestFile
            .GuestsOf(Cases.Path("d_csv/duplicates/in_file.csv"))
            .Select(g => g.Phone)
            .ShouldBe(["+34 620 000 101", "0034620000101", "620000101", "+34620000101", "+34 620 001 101"]);

    private static string Shown(GuestRow guest) => $"{guest.Name} {guest.Email}";

    private static List<string> Expected(string file) =>
        [
            .. Line(file).GetProperty("expect").TryGetProperty("contacts", out var contacts)
                ? contacts
                    .EnumerateArray()
                    .Where(c => !c.GetProperty("phone").GetString()!.Contains("not valid", StringComparison.Ordinal))
                    .Select(c => $"{Text(c, "name")} {Text(c, "email")}")
                : [],
        ];

    private static string? Text(JsonElement contact, string member) =>
        contact.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static JsonElement Line(string file) =>
        File.ReadLines(Cases.Path("d_csv/expected.jsonl"), Encoding.UTF8)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .Single(l => l.GetProperty("file").GetString() == file);
}

using Bellhop.Features.Contacts;
using Bellhop.Features.Imports.Files;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class CardRowsTests
{
    [Fact]
    public void The_cards_of_others_are_read()
    {
        var gmail = GuestFile.GuestsOf(Cases.Path("d_csv/vcard/gmail-list.vcf"));
        gmail
            .Select(g => (g.Line, g.Name, g.Phone, g.Email))
            .ShouldBe([
                (1, "Arnold Smith", null, "asmithk@gmail.com"),
                (7, "Chris Beatle", null, "chrisy55d@yahoo.com"),
                (13, "Doug White", null, "dwhite@gmail.com"),
            ]);
        var example = GuestFile.GuestsOf(Cases.Path("d_csv/vcard/rfc6350-example.vcf")).ShouldHaveSingleItem();
        (example.Name, example.Phone, example.Email).ShouldBe(("Simon Perreault", "+1-418-262-6501", "simon.perreault@viagenie.ca"));
    }

    [Fact]
    public void Groups_folds_quotes_and_escapes_are_read()
    {
        using var file = new GuestFile(
            "\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nN:O'Brien\\;x;Seán;Óg;Mr;\r\nitem1.TEL;type=HOME;type=pref:091 1\r\n"
                + "item2.tel;TYPE=\"work,cell\":+353 85 \r\n 123 4567\r\nEMAIL:a@example.com\r\nEMAIL;PREF=1:mailto:b@exa\r\n\tmple.com\r\n"
                + "PHOTO;ENCODING=b:"
                + string.Concat(Enumerable.Repeat("AAAA\r\n ", 200_000))
                + "\r\nCATEGORIES:VIP,Friends\\, old,VIP\r\nNOTE:x:y;z\r\nend:vcard\r\n"
                + "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë\\nB\r\nTEL;VALUE=uri:tel:+1-418-656-9254;ext=102\r\nEND:VCARD"
        );
        var guests = file.Guests;

        file.Layout.Kind.ShouldBe(FileKind.VCard);
        guests.ShouldAllBe(g => g.Problem == null);
        (guests[0].Line, guests[0].Name, guests[0].Phone, guests[0].Email).ShouldBe(
            (2, "Seán Óg O'Brien;x", "+353 85 123 4567", "b@example.com")
        );
        guests[0].Tags.ShouldBe(["VIP", "Friends, old"]);
        (guests[1].Name, guests[1].Phone).ShouldBe(("Zoë\nB", "+1-418-656-9254 ext. 102"));
    }

    [Fact]
    public void Quoted_printable_in_a_card_is_decoded_over_soft_line_breaks_and_in_its_charset()
    {
        using var file = new GuestFile(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=51=75=C3=A4=6E=74=3Bx;=4A=C3=BC=72=67=65=6E;;;\r\n"
                + "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4A=C3=BC=72=67=65=6E=20=51=75=C3=A4=\r\n=6E=74\r\n"
                + "TEL;TYPE=CELL:+351913000011\r\nEND:VCARD\r\n"
                + "BEGIN:VCARD\r\nVERSION:3.0\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Qu=E4nt=3B;J=FC=\r\nrgen\r\n"
                + "TEL:+351913000012\r\nEND:VCARD\r\n"
        );
        file.Guests.Select(g => (g.Name, g.Phone)).ShouldBe([("Jürgen Quänt", "+351913000011"), ("Jürgen Quänt;", "+351913000012")]);
    }

    [Theory]
    [InlineData("N;ENCODING=b:", "Quänt;Jürgen;;;", "utf-8", "Jürgen Quänt")]
    [InlineData("N;ENCODING=b;CHARSET=ISO-8859-1:", "Quänt;Jürgen\\;x;;;", "iso-8859-1", "Jürgen;x Quänt")]
    [InlineData("item1.FN;CHARSET=utf-8;ENCODING=\"BASE64\":", "王 伟", "utf-8", "王 伟")]
    [InlineData("fn;base64:", "Łukasz Żółć", "utf-8", "Łukasz Żółć")]
    public void A_name_in_base64_is_decoded_in_its_charset(string property, string value, string charset, string name)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.GetEncoding(charset).GetBytes(value));
        using var file = new GuestFile(
            $"BEGIN:VCARD\nVERSION:3.0\n{property}{encoded[..8]}\n {encoded[8..]}\nTEL:+351913000011\nEND:VCARD\n"
        );
        file.Guests.ShouldHaveSingleItem().Name.ShouldBe(name);
    }

    [Fact]
    public void A_name_that_is_no_base64_stays_as_it_is_written()
    {
        using var file = new GuestFile("BEGIN:VCARD\nVERSION:3.0\nFN;ENCODING=b:Ana Núñez\nTEL:+351913000011\nEND:VCARD\n");
        file.Guests.ShouldHaveSingleItem().Name.ShouldBe("Ana Núñez");
    }

    [Fact]
    public void The_country_of_a_cards_best_address_is_the_guests_and_that_of_its_phone()
    {
        using var file = new GuestFile(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL:612 345 678\nADR;TYPE=WORK,PREF:;;Main St 1;Austin;TX;12345;United States of America\n"
                + "ADR;TYPE=HOME:;;Calle Mayor\\; 3;Madrid;;28001;España\nEND:VCARD\n"
                + "BEGIN:VCARD\nVERSION:4.0\nFN:Zoë\nTEL:tel:+33612345678\nADR;PREF=2:;;;;;;France\n"
                + "item1.ADR;PREF=1:;;Rue\n  1;;;;Belgique \n"
                + "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bo\nTEL:+4512345678\nADR:;;Nowhere\nEND:VCARD\n"
        );
        file.Guests.Select(g => (g.Name, g.Country, (string?)g.Details.SingleOrDefault(d => d.Detail == CountryField.Given).Text))
            .ShouldBe([("Ana", "ES", "ES"), ("Zoë", "BE", "BE"), ("Bo", null, null)]);
    }

    [Fact]
    public void All_phones_and_addresses_of_a_card_are_read_the_best_first_and_googles_group_is_no_tag()
    {
        using var file = new GuestFile(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nTEL;TYPE=FAX:3\r\nTEL;TYPE=HOME:2\r\nTEL;TYPE=CELL:1\r\n"
                + "EMAIL;PREF=1:x@guest.booking.com\r\nEMAIL:ana@mail.example\r\nCATEGORIES:myContacts,VIP\r\nEND:VCARD\r\n"
        );
        var guest = file.Guests.ShouldHaveSingleItem();
        (guest.Phone, guest.Email).ShouldBe(("1", "ana@mail.example"));
        guest.OtherPhones.Select(p => p.Phone).ShouldBe(["2", "3"]);
        guest.Tags.ShouldBe(["VIP"]);
    }

    [Fact]
    public void A_card_of_a_company_alone_has_the_companys_name()
    {
        using var file = new GuestFile(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:\r\nORG:Quarteira Surf Club;Desk\r\nTEL;TYPE=WORK:+351289300015\r\nEND:VCARD\r\n"
        );
        file.Guests.ShouldHaveSingleItem().Name.ShouldBe("Quarteira Surf Club");
    }

    [Fact]
    public void A_card_in_trouble_is_refused_and_the_next_is_read()
    {
        const string Good = "BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nTEL:+34612345678\nEND:VCARD\n";
        using var file = new GuestFile(
            Good
                + "BEGIN:VCARD\nFN:Lost\n"
                + Good
                + "BEGIN:VCARD\nVERSION:2.1\nFN:Old\nEND:VCARD\nBEGIN:VCARD\nFN:A\0\nEND:VCARD\nBEGIN:VCARD\nFN:"
                + new string('x', 600_000)
                + "\nEND:VCARD\n"
                + Good
                + "BEGIN:VCARD\n"
        );
        file.Rows.Select(r => r.Problem?.Key)
            .ShouldBe([null, "Row.CardNotEnded", null, "Row.CardVersion", "Row.Nul", "Row.TooLong", null, "Row.CardNotEnded"]);
    }

    [Fact]
    public void Cards_are_known_by_their_content_and_in_any_encoding()
    {
        using var file = new GuestFile("begin:vcard\nversion:3.0\nfn:Zoë\ntel:1\nend:vcard\n", System.Text.Encoding.Unicode);
        (file.Layout.Kind, file.Layout.Encoding, file.Guests.Single().Name).ShouldBe((FileKind.VCard, "utf-16", "Zoë"));
        using var old = new GuestFile("BEGIN:VCARD\nVERSION:2.1\nEND:VCARD");
        old.Refused.ShouldBe("File.OldCard");
    }
}

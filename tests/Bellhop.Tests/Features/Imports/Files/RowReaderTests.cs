using Bellhop.Features.Imports.Files;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class RowReaderTests
{
    [Fact]
    public void A_cell_is_cut_of_blanks_and_of_the_apostrophe_of_spreadsheets()
    {
        var guest = Read("name,phone,email,tags", " '=Ana ", "'+34 612", "", " '-a, b");
        (guest.Name, guest.Phone, guest.Email).ShouldBe(("=Ana", "+34 612", null));
        guest.Tags.ShouldBe(["-a", "b"]);
        Read("name,phone", "'t Hooft", "1").Name.ShouldBe("'t Hooft");
    }

    [Theory]
    [InlineData("Ana", "", "Ruiz", "Ana Ruiz")]
    [InlineData("Ana", "María", "Ruiz", "Ana María Ruiz")]
    [InlineData("", "", "Ruiz", "Ruiz")]
    [InlineData("", "", "", null)]
    public void A_name_is_joined_of_its_parts(string given, string middle, string family, string? name) =>
        Read("First name,Middle name,Last name,Phone", given, middle, family, "1").Name.ShouldBe(name);

    [Fact]
    public void A_mobile_counts_before_other_phones_and_the_first_of_several_in_a_cell()
    {
        Read("Home Phone,Mobile Phone", "1", "2").Phone.ShouldBe("2");
        Read("Home Phone,Mobile Phone", "1", " ").Phone.ShouldBe("1");
        Read("Telefon Firma,Telefon privat", "1", "2").Phone.ShouldBe("2", "a company's comes last");
        Read("Telefon Firma,Telefon privat", "1", "").Phone.ShouldBe("1");
        Read("Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value", "Home", "1 ::: 9", "Mobile", "2 ::: 3").Phone.ShouldBe("2");
        Read("Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value", "Home", "1 ::: 9", "Work", "2").Phone.ShouldBe("1");
    }

    [Theory]
    [InlineData("491701234567.0", "491701234567")]
    [InlineData("491701234567.00", "491701234567")]
    [InlineData("'+491701234567.0", "+491701234567")]
    [InlineData("1701234567.0 ::: 1701234568.0", "1701234567")]
    [InlineData("34.612.345.678", "34.612.345.678")]
    [InlineData("612345678.10", "612345678.10")]
    [InlineData("1800300.000.0", "1800300.000.0")]
    [InlineData("06131.000", "06131.000")]
    [InlineData("4.91701234567E+11", "4.91701234567E+11")]
    [InlineData("3,46612E+10", "3,46612E+10")]
    [InlineData("612345678.", "612345678.")]
    public void A_phone_exported_with_decimals_is_read_without_them(string cell, string phone) =>
        Read("name,phone", "Ana", cell).Phone.ShouldBe(phone);

    [Theory]
    [InlineData("yes", true)]
    [InlineData("Opted In", true)]
    [InlineData("SUBSCRIBED", true)]
    [InlineData("sí", true)]
    [InlineData("نعم", true)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("opted-out", false)]
    [InlineData("Nein", false)]
    [InlineData("não", false)]
    [InlineData("", null)]
    public void A_consent_is_yes_or_no_in_many_words(string cell, bool? said)
    {
        var guest = Read("phone,whatsapp consent", "1", cell);
        (guest.WhatsApp, guest.EmailConsent).ShouldBe((said, null));
        guest.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_consent_that_is_neither_is_a_warning_and_one_to_all_is_for_each_that_says_nothing()
    {
        Read("phone,email consent", "1", "maybe").Warnings.ShouldHaveSingleItem().Args.ShouldBe(["maybe", "email consent"]);
        var guest = Read("Phone,Consent,Newsletter", "1", "yes", "no");
        (guest.WhatsApp, guest.EmailConsent).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("Unsubscribed", "yes", false)]
    [InlineData("Unsubscribed", "no", null)]
    [InlineData("Unsubscribed", "unsubscribed", false)]
    [InlineData("Email Opt Out", "1", false)]
    [InlineData("Email Opt Out", "subscribed", true)]
    [InlineData("Subscribed", "TRUE", true)]
    [InlineData("Nieuwsbrief", "nee", false)]
    public void A_yes_to_an_opt_out_is_a_no_and_a_no_says_nothing(string heading, string cell, bool? said)
    {
        var guest = Read("Phone," + heading, "1", cell);
        (guest.WhatsApp, guest.EmailConsent, guest.Warnings.Count).ShouldBe((null, said, 0));
    }

    [Fact]
    public void An_opt_out_counts_before_a_consent_beside_it()
    {
        Read("Phone,Newsletter,Unsubscribed", "1", "yes", "yes").EmailConsent.ShouldBe(false);
        Read("Phone,Newsletter,Unsubscribed", "1", "yes", "no").EmailConsent.ShouldBe(true);
    }

    [Fact]
    public void What_spreadsheets_put_around_a_text_is_not_part_of_it()
    {
        var guest = Read("Name,Phone,Email", "=\"Ana Quin\"", "=\"0034612345678\"", "=\"a@mail.example\"");
        (guest.Name, guest.Phone, guest.Email).ShouldBe(("Ana Quin", "0034612345678", "a@mail.example"));
        Read("Phone,Email", "1", "'a@mail.example").Email.ShouldBe("a@mail.example");
        Read("Name,Phone", "'=\"Ana\"", "1").Name.ShouldBe("=\"Ana\"", "our export guarded it");
        Read("Name,Phone", "=\"a\"&\"b\"", "1").Name.ShouldBe("=\"a\"&\"b\"");
        Read("Name,Phone", "#NAME?", "1").Name.ShouldBeNull();
        Read("Name,Phone", "#1001", "1").Name.ShouldBe("#1001");
    }

    [Theory]
    [InlineData("0/0/00", null)]
    [InlineData("0000-00-00", null)]
    [InlineData("1990-05-01T00:00:00", "1990-05-01T00:00:00")]
    public void A_day_of_zeros_is_no_data(string cell, string? text)
    {
        var details = Read("Phone,Birthday", "1", cell).Details;
        details.Select(d => d.Text).SingleOrDefault().ShouldBe(text);
    }

    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("Germany", "DE")]
    [InlineData("deutschland", "DE")]
    [InlineData("ESPAÑA", "ES")]
    [InlineData("USA", "US")]
    [InlineData("royaume-uni", "GB")]
    [InlineData("PT - Portugal", "PT")]
    [InlineData("Spain (+34)", "ES")]
    [InlineData("Bosnia and Herzegovina", "BA")]
    [InlineData("Bosnia & Herzegovina", "BA")]
    [InlineData("Korea, Republic of", "KR")]
    [InlineData("Korea (the Democratic People's Republic of)", "KP")]
    [InlineData("Iran (Islamic Republic of)", "IR")]
    [InlineData("Moldova, Republic of", "MD")]
    [InlineData("Viet Nam", "VN")]
    [InlineData("Congo, The Democratic Republic of the", "CD")]
    [InlineData("Palestine, State of", "PS")]
    [InlineData("Taiwan, Province of China", "TW")]
    [InlineData("Saint Lucia", "LC")]
    [InlineData("Türkiye", "TR")]
    [InlineData("Südkorea", "KR")]
    [InlineData("Pays-Bas", "NL")]
    [InlineData("Coreia do Sul", "KR")]
    [InlineData("كوريا الجنوبية", "KR")]
    [InlineData("U.S.A.", "US")]
    [InlineData("DEU", "DE")]
    [InlineData("Narnia", null)]
    [InlineData("Brazilian", null)]
    [InlineData("n/a", null)]
    [InlineData("S/D", null)]
    [InlineData("s/n", null)]
    [InlineData("s/o", null)]
    [InlineData("N/I", null)]
    [InlineData("N.A.", null)]
    [InlineData("NA", null)]
    [InlineData("k. A.", null)]
    [InlineData("-", null)]
    [InlineData("unknown", null)]
    [InlineData("None", null)]
    public void A_country_is_known_by_its_code_and_by_its_names(string cell, string? country) =>
        Read("Phone,Country", "1", cell).Country.ShouldBe(country);

    [Fact]
    public void A_country_that_is_not_understood_is_a_warning_that_names_column_and_value_and_a_mark_of_no_data_is_none()
    {
        Read("Phone,Country", "912010001", "Narnia").Warnings.ShouldHaveSingleItem().Args.ShouldBe(["Narnia", "Country"]);
        Read("Phone,Country", "+351912010001", "Narnia").Warnings.ShouldBeEmpty("its own country code decides");
        foreach (var mark in new[] { "n/a", "N/A", "NA", "-", "S/D", "s/n", "k.A.", "unknown", "none" })
        {
            Read("Phone,Country", "912010001", mark).Warnings.ShouldBeEmpty(mark);
        }
    }

    [Fact]
    public void Namibia_is_a_country_where_the_column_plainly_holds_codes()
    {
        var layout = ColumnMappingTests.Layout("Phone,Country");
        layout = layout with
        {
            Values = ColumnJudge.Of([new FileRow(2, ["1", "PT"]), new FileRow(3, ["2", "n/a"]), new FileRow(4, ["3", "NA"])], 2),
        };
        new RowReader(layout, ColumnMapping.Guess(layout)).Read(new FileRow(4, ["081 123 4567", "NA"])).Country.ShouldBe("NA");
    }

    [Theory]
    [InlineData("+34", "ES")]
    [InlineData("34", "ES")]
    [InlineData("0034", "ES")]
    [InlineData("'+34", "ES")]
    [InlineData("34.0", "ES")]
    [InlineData("(+34)", "ES")]
    [InlineData("+1", "US")]
    [InlineData("+1-868", "US")]
    [InlineData("ES", "ES")]
    public void A_calling_code_beside_a_phone_gives_its_country(string code, string country) =>
        Read("Name,Phone Country Code,Phone Number", "Ana", code, "612345678").Country.ShouldBe(country);

    [Fact]
    public void Of_several_phones_the_one_taken_has_the_calling_code_beside_it()
    {
        const string Headings = "Home phone country code,Home phone,Mobile country code,Mobile";
        (Read(Headings, "+33", "1", "+34", "2") is { Phone: "2", Country: "ES" }).ShouldBeTrue();
        (Read(Headings, "+33", "1", "+34", "") is { Phone: "1", Country: "FR" }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a1@mail.example; a2@mail.example", "a1@mail.example")]
    [InlineData("b1@mail.example\nb2@mail.example", "b1@mail.example")]
    [InlineData("none@none.com, b2@mail.example", "b2@mail.example")]
    [InlineData("Quin, Ana <ana@mail.example>; Bo <bo@mail.example>", "ana@mail.example")]
    [InlineData("not an email", "not an email")]
    [InlineData("n/a", null)]
    public void Of_several_emails_in_a_cell_the_first_that_can_be_the_guests_is_taken(string cell, string? email)
    {
        var read = Read("phone,email", "1", cell).Email;
        (
            read is null ? null
            : Bellhop.Platform.Email.Parse(read) is { Usable: true } address ? address.Address
            : read
        ).ShouldBe(email);
    }

    [Fact]
    public void A_row_of_a_company_alone_has_the_companys_name()
    {
        Read("First name,Last name,Company,Phone", "", "", "Quarteira Surf Club", "1").Name.ShouldBe("Quarteira Surf Club");
        Read("First name,Last name,Company,Phone", "Ana", "-", "Quarteira Surf Club", "1").Name.ShouldBe("Ana");
        Read("Guest First Name,Guest Last Name,Guest Phone Number,Booker Name", "Ana", "Quim", "1", "Agency X").Name.ShouldBe("Ana Quim");
    }

    [Fact]
    public void What_no_text_may_hold_refuses_the_row_where_it_matters_and_only_there()
    {
        var wrong = Read("Name,Phone,Notes", "A\u0001na", "1", "");
        (wrong.Problem!.Key, wrong.Problem.Args[0], wrong.Cells[0]).ShouldBe(("Row.Control", "Name", "A␁na"));
        Read("Name,Phone,Notes", "A\uFFFDna", "1", "").Problem!.Key.ShouldBe("Row.Damaged");
        Read("Name,Phone,Notes", "Ana", "1", "a\vb\uFFFD").Problem.ShouldBeNull();
        Read("Name,Phone", "Ana\r\nLópez", "1").Name.ShouldBe("Ana\r\nLópez");
    }

    private static GuestRow Read(string headings, params string[] cells)
    {
        var layout = ColumnMappingTests.Layout(headings);
        return new RowReader(layout, ColumnMapping.Guess(layout)).Read(new FileRow(2, cells));
    }
}

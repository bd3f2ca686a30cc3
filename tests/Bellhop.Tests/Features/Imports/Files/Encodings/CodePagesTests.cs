using Bellhop.Features.Imports.Files;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class CodePagesTests
{
    [Theory]
    [InlineData("windows-1250", "Imię,Telefon,E-mail", "Łukasz Żółć", "Jiří Dvořák")]
    [InlineData("windows-1250", "Příjmení,Telefon,E-mail", "Jiří Dvořák", "Růžena")]
    [InlineData("windows-1251", "Имя,Телефон,Email", "Мария Иванова", "Пётр")]
    [InlineData("windows-1251", "Name,Phone,Email", "ИВАНОВ ИВАН", "Ольга")]
    [InlineData("koi8-r", "Имя,Телефон,Email", "Мария Иванова", "Пётр")]
    [InlineData("windows-1253", "Όνομα,Τηλέφωνο,Email", "Ελένη Παπαδοπούλου", "Γιώργος")]
    [InlineData("windows-1254", "Ad Soyad,Telefon,E-posta", "İbrahim Şahin", "Ayşe Yıldız")]
    [InlineData("windows-1255", "שם,טלפון,Email", "דוד כהן", "שרה לוי")]
    [InlineData("windows-1256", "الاسم,الهاتف,Email", "محمد علي", "فاطمة الزهراء")]
    [InlineData("shift_jis", "氏名,電話番号,メールアドレス", "山田太郎", "さくら")]
    [InlineData("gb18030", "姓名,手机号码,邮箱", "李小龙", "王伟")]
    [InlineData("big5", "姓名,電話,電郵", "李小龍", "陳大文")]
    [InlineData("euc-kr", "이름,전화번호,이메일", "김철수", "이영희")]
    [InlineData("macintosh", "Name,Phone,Email", "Jürgen Müller", "María Núñez")]
    [InlineData("ibm850", "Name,Phone,Email", "Jürgen Müller", "María Núñez")]
    public void Names_phones_and_addresses_are_read_in_the_code_pages_of_the_world(string page, string headings, string one, string two)
    {
        string[] rows = [headings, one + ",+351912000001,a@mail.example", "Ana,+351912000002,", two + ",+351912000003,b@mail.example"];
        using var file = new GuestFile(CodePages.Get(page).GetBytes(string.Join("\r\n", rows)));

        file.Layout.Encoding.ShouldBe(page);
        file.Guests.Select(g => $"{g.Name} {g.Phone} {g.Email}")
            .ShouldBe([$"{one} +351912000001 a@mail.example", "Ana +351912000002 ", $"{two} +351912000003 b@mail.example"]);
    }

    [Theory]
    [InlineData("iso-8859-1", "María Núñez|Łukasz Żółć|李小龍", true)]
    [InlineData("windows-1252", "María Núñez|Zoë – Brånn|O’Brien", true)]
    [InlineData("windows-1252", "María|JOÃO £|SÃ£o", false)]
    [InlineData("windows-1252", "Ana|Bob", false)]
    public void Utf_8_that_was_encoded_twice_is_read_as_it_was_meant(string page, string names, bool isTwice)
    {
        var text = "\uFEFFName,Phone\r\n" + string.Concat(names.Split('|').Select(n => $"{n},+351912000001\r\n"));
        using var file = new GuestFile(
            isTwice ? CodePages.Get(page).GetString(System.Text.Encoding.UTF8.GetBytes(text)) : text,
            new System.Text.UTF8Encoding(true)
        );

        file.Layout.Encoding.ShouldBe(isTwice ? "utf-8 as " + page : "utf-8");
        file.Layout.Headings[0].ShouldBe("Name");
        file.Guests.Select(g => g.Name).ShouldBe(names.Split('|'));
    }

    [Theory]
    [InlineData("José")]
    [InlineData("Jürgen Müller|O’Brien|Müller–Lüdenscheidt|“Ana” García|50€")]
    [InlineData("Søren Ærø|María|Niccolò|Hélène|João Conceição|Žižek|Šimon|Œuvré")]
    [InlineData("Sigurður|Þorvaldur Ýr|Eyþór")]
    [InlineData("JOSÉ MARÍA|ÉLOÏSE|GÓMEZ ÁÉÍ")]
    [InlineData("Mª José|MªCarmen|Nº 5|¿Quién?|Gal·la|L’Àngel")]
    [InlineData("Niccolò|Mosè|Perù|Libertà")]
    [InlineData("Niccolò Canè|Noè|Marìa|Lucìa|Forlì|Cantù|Giosuè|Patanè|Scirè|Salò|Corrà")]
    [InlineData("Hélène|Geneviève|Loïc Lefèvre|Anaïs|Maïté|Benoît|Brûlé|Lætitia|Maëlys|Aïcha|D’Aoûst|Kœnig|Bœuf|Joëlle Forêt|Crès")]
    [InlineData("Müller|Größe|Jäger|Weiß")]
    [InlineData("Núñez|Peña|Íñigo|Begoña|Zúñiga|Àlex|Òscar|Teòfil|Noèlia|Hèctor|Antònia|Lluïsa|Vallès|Glòria|Jordà|Mercè")]
    [InlineData("Simões|Guimarães|Antão|Camões|Estêvão|Magalhães|Falcão|Antõnio|Jerõnimo|Leitão|Inês")]
    [InlineData("Øyvind Bøe|Røed|Høibakk|Langøya|Sjøgård|Kjær|Håkon|Bjørnøy|Sandøe|Lyø|Skaarø|Åsa|Mosbæk|Nørgaard|Ægir|Sæmundur|Høgni")]
    [InlineData("Tõnu Kõiv|Nõmm|Põld|Jõgi|Rõõm|Õunapuu|Davõdov|Malõšev|Lõhmus")]
    [InlineData("Daniël|Zoë|Loïs|Crèvecœur")]
    public void Western_names_stay_western(string names) => StaysAs(CodePages.Western, names);

    [Theory]
    [InlineData("Győző")]
    [InlineData("Nagy Enikő|Szűcs Jenő|Hegedűs Zoltán|Kővári Gergő|Erdős Ágnes|Szőke László|Müller Ernő")]
    [InlineData("Jiří Dvořák|Kučera|Zdeněk Němec|Růžička|Hana Vaňková|Zdeňka|Petr Vlček|Bedřich|Martinů|Naďa Krčmářová")]
    [InlineData("Wiśniewska|Zieliński|Jabłoński|Sędzik|Maćkowiak|Gdańsk|Stępień")]
    [InlineData("Kamińska Inés|Józef Zieliński|Anna Sędzik")]
    [InlineData("Kováčik|Vŕbová|Ďurica|Beňo|Jančovič")]
    [InlineData("Perić|Vučković|Đurđica|Ćiro|Zupančič|Hočevar|Potočnik")]
    [InlineData("Bărbulescu|Brătianu|Crăciun|Păun")]
    public void Names_of_central_europe_are_read_under_english_headings(string names)
    {
        StaysAs("windows-1250", names);
        StaysAs("windows-1250", names.ToUpperInvariant());
    }

    // é and ü are the same in both pages: however many there are, they do not outweigh what can be told.
    [Fact]
    public void A_few_hungarian_names_among_many_german_ones_are_enough() =>
        StaysAs("windows-1250", string.Concat(Enumerable.Repeat("Jürgen Müller|", 200)) + "Győző Erdős|Enikő");

    private static void StaysAs(string page, string names)
    {
        var rows = names.Split('|').Select(n => $"{n},+351912000001\r\n");
        using var file = new GuestFile(CodePages.Get(page).GetBytes("Name,Phone\r\n" + string.Concat(rows)));

        file.Layout.Encoding.ShouldBe(page);
        file.Guests.Select(g => g.Name).ShouldBe(names.Split('|'));
    }
}

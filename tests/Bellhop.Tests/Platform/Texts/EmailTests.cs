using System.Text;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Platform;

public sealed class EmailTests
{
    [Theory]
    [InlineData(" Ana.Lopez@Example.COM ", "ana.lopez@example.com")]
    [InlineData("P.prt0@example.org", "p.prt0@example.org")]
    [InlineData("o'brien+hotel@mail.example.ie", "o'brien+hotel@mail.example.ie")]
    [InlineData("Jose\u0301@Espan\u0303a.example", "josé@españa.example")]
    [InlineData("用户@例子.广告", "用户@例子.广告")]
    [InlineData("\u200Fana@example.com\uFEFF", "ana@example.com")]
    [InlineData("mailto:ana@example.com", "ana@example.com")]
    [InlineData("mailto:ana@example.com?subject=Hello", "ana@example.com")]
    [InlineData("Ana López <Ana@Example.com>", "ana@example.com")]
    [InlineData("<ana@example.com>", "ana@example.com")]
    [InlineData("ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ana@example.com")]
    [InlineData("ana＠example。com", "ana@example.com")]
    [InlineData("\"ana@example.com\"", "ana@example.com")]
    [InlineData("'ana@example.com'", "ana@example.com")]
    [InlineData("“ana@example.com”", "ana@example.com")]
    public void An_address_is_trimmed_composed_and_lower_case(string raw, string address)
    {
        var email = Email.Parse(raw);
        email.Address.ShouldBe(address);
        email.Valid.ShouldBeTrue();
        email.Usable.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("ana")]
    [InlineData("@example.com")]
    [InlineData("ana@")]
    [InlineData("ana@localhost")]
    [InlineData("ana@@example.com")]
    [InlineData("ana@b@example.com")]
    [InlineData("ana@example.com, ben@example.com")]
    [InlineData("ana@example.com ben@example.com")]
    [InlineData("ana lopez@example.com")]
    [InlineData("ana@exa mple.com")]
    [InlineData("ana@example..com")]
    [InlineData("ana@.example.com")]
    [InlineData("ana@example.com.")]
    [InlineData("ana@-example.com")]
    [InlineData("ana@exam_ple.com")]
    [InlineData(".ana@example.com")]
    [InlineData("a..na@example.com")]
    [InlineData("\"ana\"@example.com")]
    [InlineData("ana@[127.0.0.1]")]
    [InlineData("ana@127.0.0.1")]
    [InlineData("ana\0@example.com")]
    [InlineData("ana\n@example.com")]
    [InlineData("ana\uFFFE@example.com")]
    [InlineData("Ana <ana@example.com> (work)")]
    [InlineData("<>")]
    public void What_is_no_address_is_neither_valid_nor_usable(string? raw)
    {
        var email = Email.Parse(raw);
        email.Valid.ShouldBeFalse();
        email.Usable.ShouldBeFalse();
        email.Address.ShouldBe(raw?.Trim() ?? "");
    }

    [Fact]
    public void A_lone_surrogate_is_no_part_of_an_address() => Email.Parse("ana" + '\uD83D' + "@example.com").Valid.ShouldBeFalse();

    [Fact]
    public void An_address_has_at_most_254_bytes_64_of_them_before_the_at()
    {
        var host = string.Concat(Enumerable.Repeat(new string('h', 61) + ".", 3)) + "com";
        Email.Parse(new string('a', 64) + "@" + host).Valid.ShouldBeTrue();
        Email.Parse(new string('a', 65) + "@" + host).Valid.ShouldBeFalse();
        Email.Parse(new string('é', 33) + "@example.com").Valid.ShouldBeFalse();
        Email.Parse("a@" + new string('h', 64) + ".com").Valid.ShouldBeFalse();
        Email.Parse(new string('a', 64) + "@" + host).Address.Length.ShouldBe(254);
        Email.Parse(new string('a', 64) + "@h" + host).Valid.ShouldBeFalse();
        Email.Parse(new string('a', 1_000_000) + "@example.com").Valid.ShouldBeFalse();
    }

    [Theory]
    [InlineData("4h7k2m9@guest.booking.com")]
    [InlineData("ANA.12345@Guest.Booking.com")]
    [InlineData("x1y2@guest.airbnb.com")]
    [InlineData("x1y2@m.expediapartnercentral.com")]
    [InlineData("x1y2@agoda-messaging.com")]
    [InlineData("x1y2@eu.agoda-messaging.com")]
    [InlineData("x1y2@guest.trip.com")]
    [InlineData("x1y2@messages.homeaway.com")]
    [InlineData("x1y2@guests.booking.com")]
    [InlineData("x1y2@user.airbnb.com")]
    [InlineData("x1y2@guest.hr.expediapartnercentral.com")]
    [InlineData("x1y2@guest.ctrip.com")]
    [InlineData("x1y2@guest.despegar.com")]
    [InlineData("x1y2@messages.tripadvisor.com")]
    [InlineData("x1y2@messages.fewo-direkt.de")]
    [InlineData("x1y2@hostelworld.com")]
    public void An_address_that_a_booking_site_made_up_is_a_relay(string raw)
    {
        var email = Email.Parse(raw);
        email.Valid.ShouldBeTrue();
        email.IsRelay.ShouldBeTrue();
        email.Usable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("ana@booking.com")]
    [InlineData("ana@expedia.com")]
    [InlineData("ana@guest.example")]
    [InlineData("ana@roundtrip.com")]
    [InlineData("ana@notguest.booking.com.example")]
    [InlineData("ana@myagoda-messaging.com")]
    public void A_host_that_only_resembles_a_relay_is_none(string raw) => Email.Parse(raw).IsRelay.ShouldBeFalse();

    [Theory]
    [InlineData("none@none.com")]
    [InlineData("None@hotel.example")]
    [InlineData("n/a@hotel.example")]
    [InlineData("no@no.com")]
    [InlineData("na@na.example")]
    [InlineData("no-email@hotel.example")]
    [InlineData("noemail2@gmail.com")]
    [InlineData("test@gmail.com")]
    [InlineData("test123@gmail.com")]
    [InlineData("unknown@gmail.com")]
    [InlineData("example@example.com")]
    [InlineData("x@x.x")]
    [InlineData("aa@aaa.com")]
    [InlineData("xxx@gmail.com")]
    [InlineData("ana@test.com")]
    [InlineData("ana@noemail.es")]
    [InlineData("ana@hotel.invalid")]
    [InlineData("sin.correo@gmail.com")]
    [InlineData("no.tengo@gmail.com")]
    [InlineData("keine-email-adresse@web.de")]
    [InlineData("nobody@gmail.com")]
    [InlineData("no.email.provided@hotel.example")]
    [InlineData("нет@нет.рф")]
    [InlineData("nao@nao.pt")]
    [InlineData("email@email.com")]
    [InlineData("abc@abc.com")]
    [InlineData("123@123.com")]
    [InlineData("a@b.c")]
    public void An_address_typed_to_get_past_a_form_is_a_dummy(string raw)
    {
        var email = Email.Parse(raw);
        email.Valid.ShouldBeTrue();
        email.IsDummy.ShouldBeTrue();
        email.Usable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("P.prt0@example.org")]
    [InlineData("n.a@hotel.example")]
    [InlineData("no@hotel.example")]
    [InlineData("NA@hotel.example")]
    [InlineData("na1987@gmail.com")]
    [InlineData("noa@gmail.com")]
    [InlineData("nil@gmail.com")]
    [InlineData("testa@gmail.com")]
    [InlineData("x@qq.com")]
    [InlineData("ana@example.com")]
    [InlineData("ana@hotel.test")]
    [InlineData("ana@contest.com")]
    [InlineData("smith@smith.com")]
    [InlineData("j.t@pierceeib.z")]
    [InlineData("guest@hotel.example")]
    [InlineData("abc@hotel.example")]
    [InlineData("'t.hooft@example.nl")]
    public void A_guest_with_an_odd_address_is_no_dummy(string raw) => Email.Parse(raw).Usable.ShouldBeTrue();

    [Theory]
    [InlineData("ana.@docomo.example")]
    [InlineData("a.b.@docomo.example")]
    public void An_address_with_a_dot_before_the_at_sign_is_an_address(string raw) =>
        (Email.Parse(raw).Usable, Email.Parse(raw).Address).ShouldBe((true, raw));

    [Fact]
    public void An_address_of_an_address_is_itself_in_whatever_form_it_is_typed() =>
        Gen.Char["aZé\u0301ıİß.@+-_< >\u200F0９例\uD83D\0"]
            .Array[0, 20]
            .Sample(chars =>
            {
                var email = Email.Parse("a" + new string(chars) + "@exámple.com");
                if (email.Valid)
                {
                    Email.Parse(email.Address).ShouldBe(email);
                    Email.Parse(email.Address.Normalize(NormalizationForm.FormD)).ShouldBe(email);
                }
            });

    [Fact]
    public void No_address_of_the_case_files_is_taken_for_a_dummy_or_a_relay()
    {
        // Some of them are spelt wrong on purpose.
        var cells = File.ReadLines(Cases.Path("f_linkage/fake_1000.csv"))
            .Skip(1)
            .SelectMany(line => line.Split(','))
            .Where(cell => cell.Contains('@', StringComparison.Ordinal))
            .ToList();
        cells.Select(Email.Parse).Where(email => email.Valid && !email.Usable).ShouldBeEmpty();
        cells.Count(cell => Email.Parse(cell).Valid).ShouldBeGreaterThan(cells.Count * 9 / 10);
    }
}

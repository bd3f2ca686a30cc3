using Bellhop.Features.Imports.Files;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class TitleTests
{
    [Theory]
    [InlineData("Guest list 2025\r\nName,Phone,Email\r\nAna,912000001,a@mail.example\r\n", 3)]
    [InlineData("Guest list 2025,,\r\n,,\r\nName,Phone,Email\r\nAna,912000001,a@mail.example\r\n", 4)]
    [InlineData("Hostel\r\nFrom,13/05/2025,To,01/06/2025\r\n\r\nName,Phone,Email\r\nAna,912000001,a@mail.example\r\n", 5)]
    [InlineData("Huéspedes;;\r\nNombre;Teléfono;Correo\r\nAna;912000001;a@mail.example\r\n", 3)]
    [InlineData("Guest,Contact,\r\nFirst name,Phone,Email\r\nAna,912000001,a@mail.example\r\n", 3)]
    [InlineData("sep=;;;\r\nName;Phone;Email\r\nAna;912000001;a@mail.example\r\n", 3)]
    [InlineData("sep=;\r\nName,Phone,Email\r\nAna,912000001,a@mail.example\r\n", 3)]
    public void Headings_are_found_below_a_title(string text, int line)
    {
        using var file = new GuestFile(text);
        var guest = file.Guests.ShouldHaveSingleItem();
        (guest.Line, guest.Name, guest.Phone, guest.Email).ShouldBe((line, "Ana", "912000001", "a@mail.example"));
        ImportFile.CountRows(file.Path, file.Layout, TestContext.Current.CancellationToken).ShouldBe(1);
    }

    [Theory]
    [InlineData("Ana,912000001,a@mail.example\r\nName,Phone,Email\r\nBo,912000002,\r\n", "File.NoHeadings")]
    [InlineData("Guests\r\nAna,912000001,a@mail.example\r\nName,Phone,Email\r\nBo,912000002,\r\n", "File.NoPhoneColumn")]
    public void A_guest_above_the_headings_is_never_passed_over(string text, string refused)
    {
        using var file = new GuestFile(text);
        file.Refused.ShouldBe(refused);
    }
}

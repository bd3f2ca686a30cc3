using Bellhop.Features.Contacts;

namespace Bellhop.Tests.Features.Contacts;

public class ContactsAddressTests
{
    [Fact]
    public void A_guest_opened_from_elsewhere_keeps_the_list_one_is_on()
    {
        var guest = Guid.Parse("019a0000-0000-7000-8000-000000000001");

        ContactsAddress
            .Open("http://here/contacts?q=ana&source=WalkIn&sort=name&panel=filters", guest)
            .ShouldBe($"/contacts/{guest}?q=ana&source=WalkIn&sort=name");
        ContactsAddress
            .Open($"http://here/contacts/{Guid.CreateVersion7()}?minBookings=2", guest)
            .ShouldBe($"/contacts/{guest}?minBookings=2");
        ContactsAddress.Open("http://here/bookings?q=ana", guest).ShouldBe($"/contacts/{guest}");
    }
}

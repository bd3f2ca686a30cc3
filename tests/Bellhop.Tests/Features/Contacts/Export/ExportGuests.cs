using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts.Export;

/// <summary>Guests for a file to hold.</summary>
internal static class ExportGuests
{
    internal static async Task<Guid> Book(
        TestApp app,
        House house,
        Guid property,
        string? name,
        string? phone,
        string? email,
        decimal total,
        string status = "Confirmed"
    )
    {
        await using var db = app.Open();
        var saved = await ReceiveBooking.Run(
            new(property, "Website", status, "2026-03-01", "2026-03-04", new(total, "EUR"), new(name, phone, email)),
            TestApp.Everything(house),
            db,
            default
        );
        return saved.Value.ContactId!.Value;
    }

    internal static async Task Crowd(TestApp app, House house, int many)
    {
        await using var db = app.Open();
        await db.Arrange(() =>
        {
            for (var i = 0; i < many; i++)
            {
                var contact = new Contact
                {
                    OrganizationId = house.OrganizationId,
                    PropertyId = house.Lisbon,
                    Source = Source.Import,
                    CreatedAt = db.Now.AddSeconds(-i),
                    UpdatedAt = db.Now,
                    CustomerSince = new(2026, 6, 1),
                };
                contact.Show($"Guest {i}", null, $"guest{i}@example.org");
                db.Contacts.Add(contact);
            }

            return Task.CompletedTask;
        });
    }
}

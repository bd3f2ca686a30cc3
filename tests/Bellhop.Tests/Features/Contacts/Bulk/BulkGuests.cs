using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts.Bulk;

/// <summary>Guests to change many of at once, and what they carry afterwards.</summary>
internal static class BulkGuests
{
    internal static async Task<List<Guid>> Crowd(TestHouse house, int many)
    {
        await using var db = house.Open();
        return await db.Arrange(() =>
        {
            var ids = new List<Guid>();
            for (var i = 0; i < many; i++)
            {
                var contact = new Contact
                {
                    OrganizationId = house.OrganizationId,
                    PropertyId = house.Lisbon,
                    Source = Source.Import,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                    CustomerSince = new(2026, 6, 1),
                };
                contact.Show($"Guest {i}", null, null);
                db.Contacts.Add(contact);
                db.ContactsAtProperty.Add(
                    new()
                    {
                        OrganizationId = house.OrganizationId,
                        PropertyId = house.Lisbon,
                        ContactId = contact.Id,
                        Source = Source.Import,
                        CreatedAt = db.Now,
                        CustomerSince = new(2026, 6, 1),
                        NameKey = contact.NameKey,
                        NameEmpty = contact.NameEmpty,
                    }
                );
                ids.Add(contact.Id);
            }

            return Task.FromResult(ids);
        });
    }

    /// <summary>What contacts carry for lists to read is what the tags' own table says.</summary>
    internal static async Task Agree(TestHouse house)
    {
        await using var db = house.Open();
        var carried = (await db.Contacts.AsNoTracking().ToListAsync())
            .SelectMany(c => c.TagIds.Select(t => (c.Id, t, c.CreatedAt)))
            .Order();
        var labelled = (await db.ContactTags.AsNoTracking().ToListAsync()).Select(t => (t.ContactId, t.TagId, t.CreatedAt)).Order();
        carried.ShouldBe(labelled);
    }

    internal static async Task<Contact> Find(TestHouse house, Guid id)
    {
        await using var db = house.Open();
        return await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == id);
    }
}

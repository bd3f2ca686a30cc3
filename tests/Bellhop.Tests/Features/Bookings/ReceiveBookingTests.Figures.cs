using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public partial class ReceiveBookingTests
{
    /// <summary>Figures and counters are what a count of their source rows gives.</summary>
    internal static async Task Right(TestApp app, House house)
    {
        await using var db = app.Open();
        var zones = await db.Properties.Where(p => p.OrganizationId == house.OrganizationId).ToDictionaryAsync(p => p.Id, p => p.Zone);
        var organization = await db.Organizations.SingleAsync(o => o.Id == house.OrganizationId);
        var stays = await db
            .Bookings.Where(b => b.OrganizationId == house.OrganizationId && b.ContactId != null)
            .Select(b => new
            {
                b.ContactId,
                Stay = new GuestFigures.Stay(
                    b.Id,
                    b.PropertyId,
                    b.Status,
                    b.Arrival,
                    b.Departure,
                    b.BookedAt,
                    b.Converted,
                    b.ConvertedCurrency
                ),
            })
            .ToListAsync();
        var contacts = await db.Contacts.Where(c => c.OrganizationId == house.OrganizationId).ToListAsync();
        var expected = new Dictionary<(Guid, Measure, long), long>();
        foreach (var contact in contacts)
        {
            Compare(contact, stays.FindAll(s => s.ContactId == contact.Id).ConvertAll(s => s.Stay), Guid.Empty);
        }

        foreach (var at in await db.ContactsAtProperty.Where(a => a.OrganizationId == house.OrganizationId).ToListAsync())
        {
            Compare(
                at,
                stays.FindAll(s => s.ContactId == at.ContactId && s.Stay.PropertyId == at.PropertyId).ConvertAll(s => s.Stay),
                at.PropertyId
            );
        }

        var counters = (await db.Counters.Where(t => t.OrganizationId == house.OrganizationId).ToListAsync())
            .GroupBy(t => (t.PropertyId, t.Measure, t.At))
            .ToDictionary(g => g.Key, g => g.Sum(t => t.Amount))
            .Where(t => t.Value != 0)
            .ToDictionary();
        counters.ShouldBe(expected.Where(e => e.Value != 0).ToDictionary(), ignoreOrder: true);

        void Compare(Figures figures, List<GuestFigures.Stay> own, Guid property)
        {
            var counted = GuestFigures.Count(own, organization.Currency, id => zones[id], zone => db.Now.DayIn(zone));
            (figures.Bookings, figures.Spent, figures.LastBookingId, figures.ActiveUntil).ShouldBe(
                (counted.Bookings, counted.Spent, counted.LastBookingId, counted.ActiveUntil)
            );
            foreach (
                var (measure, at, amount) in ContactFollower.Counted(
                    figures.CreatedAt,
                    counted.Bookings,
                    counted.Spent,
                    counted.ActiveUntil,
                    counted.FirstArrival,
                    Clock.Zone(organization.TimeZone)!
                )
            )
            {
                expected[(property, measure, at)] = expected.GetValueOrDefault((property, measure, at)) + amount;
            }
        }
    }
}

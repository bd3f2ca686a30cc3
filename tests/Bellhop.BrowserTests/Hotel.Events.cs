using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Demo;
using Bellhop.Features.Imports;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Properties;
using Bellhop.Features.Setup;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace Bellhop.BrowserTests;

/// <summary>What happens at the hotel: guests come, staff work, files arrive.</summary>
public sealed partial class Hotel
{
    /// <summary>A booking comes in, as a channel would send it.</summary>
    /// <param name="status">As the door knows it; without one, confirmed or, for a day gone by, completed.</param>
    /// <param name="annexe">At the second property.</param>
    public async Task<BookingRow> Booking(
        string name,
        string? phone,
        string source = "Website",
        int total = 120,
        int daysAhead = 7,
        string? status = null,
        bool annexe = false,
        string? email = null
    )
    {
        // A phone leads to its guest: given to two, one test would find the other's.
        if (phone is not null && _phones.GetOrAdd(phone.Replace(" ", "", StringComparison.Ordinal), name) is var owner && owner != name)
        {
            throw new ArgumentException($"{phone} is {owner}'s here already.", nameof(phone));
        }

        await using var db = Database();
        var property = await Place(db, annexe);
        return (
            await ReceiveBooking.Run(
                Stay(property, db.Now, name, phone, source, total, daysAhead, status, email),
                Actor.System(_organization),
                db,
                CancellationToken.None
            )
        ).Value;
    }

    /// <summary>Somebody who says who they are, and proves none of it, books by the form of the website.</summary>
    public async Task<BookingRow> StrangersBooking(string name, string phone, string email)
    {
        await using var db = Database();
        var property = await Place(db);
        var incoming = Incoming.Read(Stay(property, db.Now, name, phone, status: "Pending", email: email), db.Now);
        return (
            await db.Save(
                () => ReceiveBooking.Take(property.Id, incoming, Actor.System(_organization), db, CancellationToken.None, claimed: true),
                CancellationToken.None,
                SettingsLock.Shared(_organization)
            )
        ).Value;
    }

    /// <summary>The owner asks somebody onto the team; the path at which they accept.</summary>
    public async Task<string> Invite(string email, string role)
    {
        await using var db = Database();
        var address = new PublicAddress(new ConfigurationBuilder().Build());
        var mailer = new Mailer(new(), address, TimeProvider.System, NullLogger<Mailer>.Instance);
        return (await InviteMember.Run(new(email, role), await Owner(db), db, address, mailer, CancellationToken.None)).Value.Link!;
    }

    /// <summary>An import stands parked, since whoever started it left.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> ParkedImport(string file)
    {
        await using var db = Database();
        using var host = new DbHost(TimeProvider.System) { Folder = new(_process.Folder) };
        db.Host = host;
        var property = await Place(db);
        var id = Guid.CreateVersion7();
        await using (var written = ImportFolder.Create(db, id))
        {
            await written.WriteAsync(System.Text.Encoding.UTF8.GetBytes(file));
        }

        var gone = new Actor(ActorKind.ApiKey, Guid.CreateVersion7(), "gone", _organization, PermissionSet.Everything);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["propertyId"] = property.Id.ToString() };
        await ReceiveImport.Take(new(id, "guests.csv", file.Length, fields), gone, db, CancellationToken.None);
        return id;
    }

    /// <summary>So many guests, each called by the word and a number.</summary>
    public async Task Crowd(string name, int many)
    {
        await using var db = Database();
        var property = await Place(db);
        foreach (var some in Enumerable.Range(0, many).Chunk(100))
        {
            await db.Save(async () =>
            {
                foreach (var i in some)
                {
                    await ReceiveBooking.Take(
                        property.Id,
                        Incoming.Read(Stay(property, db.Now, $"{name} {i}"), db.Now),
                        Actor.System(_organization),
                        db,
                        CancellationToken.None
                    );
                }

                return true;
            });
        }
    }

    /// <summary>Staff cancel a booking.</summary>
    public async Task Cancel(Guid bookingId)
    {
        await using var db = Database();
        await ChangeBooking.Run(bookingId, new(Status: "Cancelled"), Actor.System(_organization), db, IfMatch.Any, CancellationToken.None);
    }

    /// <summary>Staff put a tag on a guest.</summary>
    public async Task Tag(Guid contactId, string name)
    {
        await using var db = Database();
        await TagContact.Run(contactId, name, Actor.System(_organization), db, CancellationToken.None);
    }

    /// <summary>Staff write a note about a guest.</summary>
    public async Task Note(Guid contactId, string text, string? kind = null, bool pinned = false, DateOnly? due = null)
    {
        await using var db = Database();
        var day = due is null ? null : $"{due:yyyy-MM-dd}";
        await AddNote.Run(contactId, new(text, kind, pinned, day), await Owner(db), db, CancellationToken.None);
    }

    /// <summary>The owner's segment.</summary>
    public async Task Segment(string name, ContactFilter filter)
    {
        await using var db = Database();
        await AddSegment.Run(new(name, new RuleLeaf(filter).ToElement()), await Owner(db), db, CancellationToken.None);
    }

    /// <summary>A program adds a guest by this server.</summary>
    public async Task AddByServer(string name, string phone)
    {
        await using var db = Database();
        var key = await CreateApiKey.Run(new("program"), Actor.System(_organization), db, CancellationToken.None);
        var property = await db.Properties.Where(p => p.OrganizationId == _organization).Select(p => p.Id).FirstAsync();
        using var client = new HttpClient { BaseAddress = new(Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Value.Key);
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/contacts",
            new
            {
                phone,
                name,
                propertyId = property,
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A note that nobody of the team wrote, so that everybody it names hears of it.</summary>
    public async Task NoteFromElsewhere(Guid contactId, string text)
    {
        await using var db = Database();
        await AddNote.Run(contactId, new(text), Actor.System(_organization), db, CancellationToken.None);
    }

    /// <summary>A channel changes the total of a booking.</summary>
    public async Task Reprice(Guid bookingId, decimal total)
    {
        await using var db = Database();
        var input = new ChangeBooking.Input(Total: new(true, new(total, "EUR")));
        await ChangeBooking.Run(bookingId, input, Actor.System(_organization), db, IfMatch.Any, CancellationToken.None);
    }

    /// <summary>The owner asks for a file of the guests of this name, in the background.</summary>
    public async Task Export(string name)
    {
        await using var db = Database();
        await StartExport.Run(
            new(Columns: ["name"], Filter: new Dictionary<string, JsonElement> { ["q"] = JsonSerializer.SerializeToElement(name) }),
            await Owner(db),
            db,
            CancellationToken.None
        );
    }

    /// <summary>A guest agreed to e-mails in a file and opted out on WhatsApp since.</summary>
    public async Task Consents(Guid contactId)
    {
        await using var db = Database();
        await db.Save(() =>
        {
            db.Consents.Add(
                new()
                {
                    OrganizationId = _organization,
                    ContactId = contactId,
                    Channel = ConsentChannel.Email,
                    Granted = true,
                    At = db.Now.AddDays(-30),
                    Source = Source.Import,
                }
            );
            db.Consents.Add(
                new()
                {
                    OrganizationId = _organization,
                    ContactId = contactId,
                    Channel = ConsentChannel.WhatsApp,
                    Granted = false,
                    At = db.Now,
                    Source = Source.WhatsApp,
                }
            );
            return Task.CompletedTask;
        });
    }

    private static ReceiveBooking.Input Stay(
        Property property,
        DateTime now,
        string name,
        string? phone = null,
        string source = "Website",
        int total = 120,
        int daysAhead = 7,
        string? status = null,
        string? email = null
    )
    {
        var arrival = now.DayIn(property.Zone).AddDays(daysAhead);
        return new(
            property.Id,
            source,
            status ?? (daysAhead < 0 ? "Completed" : "Confirmed"),
            arrival.ToString("yyyy-MM-dd"),
            arrival.AddDays(2).ToString("yyyy-MM-dd"),
            new(total, "EUR"),
            new(name, phone, email),
            Reference: "R-1"
        );
    }
}

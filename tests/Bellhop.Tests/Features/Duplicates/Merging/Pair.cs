using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Doctor;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Inbox;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates.Merging;

/// <summary>Two guests who are one, each with one of everything: Ana came first, in Lisbon; Annie in Lisbon and Berlin.</summary>
internal sealed class Pair(TestApp app, House house)
{
    public const string AnasPhone = "+351912345678",
        AnniesPhone = "+4915112345678",
        AnniesEmail = "annie@example.org";

    private static readonly HashSet<Type> Told =
    [
        typeof(Event),
        typeof(EventDetail),
        typeof(Job),
        typeof(Counter),
        typeof(DuplicateCheck),
        typeof(DuplicateKey),
    ];
    private static readonly string[] Decided = ["Evidence", "Score", "DismissedAt", "DismissedBy", "SplitAt"];

    private int _bookings;

    public TestApp App => app;
    public House House => house;
    public Actor Who { get; } = TestApp.Everything(house);
    public Guid Ana { get; private set; }
    public Guid Annie { get; private set; }

    public static async Task<Pair> Make(TestApp app)
    {
        var pair = new Pair(app, await app.MakeHouse());
        pair.Ana = await pair.Guest(AnasPhone, "Ana Sousa", null);
        pair.Annie = await pair.Guest(AnniesPhone, "Annie Sousa", AnniesEmail);
        return pair;
    }

    public async Task<Guid> Guest(string phone, string name, string? email)
    {
        await using var db = app.Open();
        return (await AddContact.Run(new(phone, house.Lisbon, name, email), Who, db, default)).Value.Id;
    }

    public async Task<BookingRow> Book(Guid property, string? phone, string? email = null, decimal amount = 100)
    {
        await using var db = app.Open();
        var day = db.Now.Date.AddDays(-20 + (++_bookings * 3));
        return (
            await ReceiveBooking.Run(
                new(
                    property,
                    "Website",
                    "Confirmed",
                    $"{day:yyyy-MM-dd}",
                    $"{day.AddDays(2):yyyy-MM-dd}",
                    new(amount, "EUR"),
                    new(null, phone, email),
                    $"pair {_bookings} {Guid.NewGuid()}"
                ),
                Who,
                db,
                default
            )
        ).Value;
    }

    /// <summary>Gives both what a guest can have.</summary>
    public async Task Furnish()
    {
        await using var db = app.Open();
        await Book(house.Lisbon, AnasPhone, amount: 120);
        var stay = await Book(house.Berlin, AnniesPhone, amount: 80);
        await Book(house.Lisbon, AnniesPhone);
        foreach (var (guest, own) in new[] { (Ana, "Surfer"), (Annie, "Group leader") })
        {
            await AddNote.Run(guest, new("Likes it quiet", Pinned: true), Who, db, default);
            await TagContact.Run(guest, "VIP", Who, db, default);
            await TagContact.Run(guest, own, Who, db, default);
            await InboxWorld.Make(app, house.Lisbon, guest, Who, db);
        }

        await AddReview.Run(new(4, stay.Id), Who, db, default);
        await EditContact.Run(Annie, new(Phone: "+4915112340000"), Who, db, IfMatch.Any, default);
        await EditContact.Run(Annie, new(Phone: AnniesPhone), Who, db, IfMatch.Any, default);
        await Say(Ana, ConsentChannel.WhatsApp, true);
        await Say(Annie, ConsentChannel.WhatsApp, false);
        await Say(Annie, ConsentChannel.Email, true);
        await db.Arrange(async () =>
        {
            var listed = await MergeWorld.Listed(Ana, Annie, house.OrganizationId, db);
            listed.Reasons = "same-email";
        });
    }

    public async Task Say(Guid guest, ConsentChannel channel, bool granted)
    {
        await using var db = app.Open();
        await db.Arrange(async () =>
        {
            var consent = await db.Consents.FindAsync(house.OrganizationId, guest, channel);
            if (consent is null)
            {
                consent = new()
                {
                    OrganizationId = house.OrganizationId,
                    ContactId = guest,
                    Channel = channel,
                };
                db.Add(consent);
            }

            (consent.Granted, consent.At, consent.Source) = (granted, db.Now, Source.Dashboard);
        });
    }

    public async Task<Guid> Merge(Guid? into = null, Guid? from = null, KeepValues? keep = null)
    {
        await using var db = app.Open();
        return (await MergeContacts.Run(into ?? Ana, new(from ?? Annie, keep), Who, db, IfMatch.Any, default)).Value.Id;
    }

    public async Task Split(Guid merge, params (Guid Item, string Side)[] assign)
    {
        await using var db = app.Open();
        await SplitContacts.Run(merge, new(assign.ToDictionary(a => a.Item, a => a.Side)), Who, db, default);
    }

    public async Task<SeeMerge.Row> See(Guid merge)
    {
        await using var db = app.Open();
        return await SeeMerge.Run(merge, Who, db, default);
    }

    public async Task<Contact> Read(Guid guest)
    {
        await using var db = app.Open();
        return await db.Contacts.SingleAsync(c => c.Id == guest);
    }

    /// <summary>The figures, counters and texts that differ from what the rows say.</summary>
    public async Task<List<CheckFigures.Difference>> Check()
    {
        await using var db = app.Open();
        return await CheckFigures.Run(new(), Who, db, default).ToListAsync();
    }

    /// <summary>Looks whether the organisation has the same rows as before.</summary>
    public async Task ShouldHave(List<string> before)
    {
        var now = await Rows();
        now.Except(before).ShouldBeEmpty();
        before.Except(now).ShouldBeEmpty();
    }

    /// <summary>
    /// Every row of the organisation, but what tells of the merge: events, when a row was changed, and that the two were split. A
    /// booking's own text for the search is only as good as another that covers it, and the check of figures looks at it.
    /// </summary>
    public async Task<List<string>> Rows()
    {
        await app.RunJobs();
        await using var db = app.Open();
        var rows = new List<string>();
        foreach (
            var type in db.Model.GetEntityTypes().Where(t => t.FindProperty("OrganizationId") is not null && !Told.Contains(t.ClrType))
        )
        {
            var read = typeof(Pair)
                .GetMethod(nameof(All), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type.ClrType);
            rows.AddRange(
                from row in await (Task<List<object>>)read.Invoke(null, [db])!
                let entry = db.Entry(row)
                where (int)entry.Property("OrganizationId").CurrentValue! == house.OrganizationId
                where row is not LikelyDuplicate { Reasons: "" } // remembers a split alone
                select type.ClrType.Name
                    + string.Concat(
                        entry
                            .Properties.Where(p =>
                                p.Metadata.Name is not "UpdatedAt"
                                && !(row is LikelyDuplicate && Decided.Contains(p.Metadata.Name))
                                && (p.Metadata.Name, row) is not ("Search", Booking)
                            )
                            .Select(p => $" {p.Metadata.Name}={JsonSerializer.Serialize(p.CurrentValue)}")
                    )
            );
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static async Task<List<object>> All<T>(BellhopDb db)
        where T : class => [.. await db.Set<T>().ToListAsync()];
}

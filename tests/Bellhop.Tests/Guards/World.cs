using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Imports;
using Bellhop.Features.Inbox;
using Bellhop.Features.Notes;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Guards;

/// <summary>One of everything, at one property of a house.</summary>
internal sealed record World(Guid Property, Guid Contact, Guid Booking, Guid Job, Guid Member, Guid Key, Guid Tag, Guid OtherTag, Guid Note)
{
    private static int _phones;

    /// <summary>A guest like the other, and a merge of two further ones.</summary>
    public Guid OtherContact { get; init; } = Guid.CreateVersion7();
    public Guid Merge { get; init; } = Guid.CreateVersion7();
    public Guid Likely { get; init; } = Guid.CreateVersion7();
    public Guid Review { get; init; } = Guid.CreateVersion7();
    public Guid Segment { get; init; } = Guid.CreateVersion7();
    public Guid Export { get; init; } = Guid.CreateVersion7();
    public Guid BulkRun { get; init; } = Guid.CreateVersion7();

    public Guid Payment { get; init; } = Guid.CreateVersion7();

    public Guid Invitation { get; init; } = Guid.CreateVersion7();
    public Guid Role { get; init; } = Guid.CreateVersion7();
    public Guid Endpoint { get; init; } = Guid.CreateVersion7();
    public Guid Delivery { get; init; } = Guid.CreateVersion7();

    /// <summary>An import that waits to be started, one that has ended, and one whose starter may not go on with it.</summary>
    public Guid Import { get; init; } = Guid.CreateVersion7();
    public Guid Ended { get; init; } = Guid.CreateVersion7();
    public Guid Parked { get; init; } = Guid.CreateVersion7();

    public Guid Connection { get; init; } = Guid.CreateVersion7();
    public Guid ParkedItem { get; init; } = Guid.CreateVersion7();
    public Guid Conversation { get; init; } = Guid.CreateVersion7();
    public Guid Message { get; init; } = Guid.CreateVersion7();
    public InboxWorld.FilesMade Files { get; init; } = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
    public Guid SavedReply { get; init; } = Guid.CreateVersion7();

    public static async Task<World> Make(TestApp app, House house, Guid? property = null)
    {
        var at = property ?? house.Lisbon;
        var who = TestApp.Everything(house);
        await using var db = app.Open();
        var number = Interlocked.Increment(ref _phones);
        var made = await ReceiveBooking.Run(
            new(
                at,
                "Website",
                "Confirmed",
                "2026-03-01",
                "2026-03-04",
                new(100, "EUR"),
                new("Guest", $"+35191234{number:0000}"),
                "world " + number
            ),
            who,
            db,
            default
        );
        var job = await db.Arrange(async () =>
        {
            var id = await db.Queue(who, "test.parked", "", cancel: default);
            var row = db.ChangeTracker.Entries<Job>().Single(e => e.Entity.Id == id).Entity;
            (row.State, row.FinishedAt) = (JobState.Parked, db.Now);
            if (!await db.Rates.AnyAsync(r => r.OrganizationId == house.OrganizationId))
            {
                db.Add(
                    new Rate
                    {
                        OrganizationId = house.OrganizationId,
                        Date = new(2026, 1, 1),
                        From = "USD",
                        To = "EUR",
                        Stored = (long)(0.9m * Rate.Unit),
                    }
                );
            }

            if (!await db.Logos.AnyAsync(l => l.OrganizationId == house.OrganizationId))
            {
                db.Add(
                    new Logo
                    {
                        OrganizationId = house.OrganizationId,
                        Picture = [1],
                        Version = "1",
                    }
                );
            }

            return id;
        });
        await app.SignedIn(house.OrganizationId, Roles.Viewer, at);
        await app.MakeKey(house.OrganizationId, new([Permission.ContactsView]), at);
        var member = await db
            .Memberships.Where(m => m.OrganizationId == house.OrganizationId)
            .OrderByDescending(m => m.UserId)
            .Select(m => m.UserId)
            .FirstAsync();
        var key = await db
            .ApiKeys.Where(k => k.OrganizationId == house.OrganizationId)
            .OrderByDescending(k => k.Id)
            .Select(k => k.Id)
            .FirstAsync();
        var note = await AddNote.Run(made.Value.ContactId!.Value, new("Allergic to walnuts"), who, db, default);
        var payment = await AddPayment.Run(made.Value.Id, new("payment", new(20, "EUR"), "cash", "2026-03-01"), who, db, default);
        var (tag, other) = (
            await AddTag.Run(new($"Tag {number}"), who, db, default),
            await AddTag.Run(new($"Other {number}"), who, db, default)
        );
        await LoyaltyWorld.Make(at, made.Value.ContactId!.Value, who, db);
        var review = await AddReview.Run(new(5, made.Value.Id), who, db, default);
        var segment = await AddSegment.Run(
            new($"Segment {number}", new RuleLeaf(new(MinBookings: 1)).ToElement(), Shared: true),
            who,
            db,
            default
        );
        var (import, ended) = (await MakeImport(at, ImportState.Draft, who, db), await MakeImport(at, ImportState.Completed, who, db));
        var parked = await MakeImport(at, ImportState.Running, who, db);
        var work = await db.Save(async () =>
        {
            var id = await db.Queue(who, "test.parked", "", cancel: default);
            var row = db.ChangeTracker.Entries<Job>().Single(e => e.Entity.Id == id).Entity;
            (row.State, row.LastError, row.FinishedAt) = (JobState.Parked, Bellhop.Platform.Job.NoLongerAllowed, db.Now);
            return id;
        });
        await db.Imports.Where(i => i.Id == parked).ExecuteUpdateAsync(set => set.SetProperty(i => i.JobId, work));
        var invitation = await InviteMember.Run(
            new($"invited{number}@example.org", Roles.Viewer, [at]),
            who,
            db,
            app.Services.GetRequiredService<PublicAddress>(),
            app.Services.GetRequiredService<Mailer>(),
            default
        );
        var role = await AddRole.Run(new($"Role {number}", [Permission.ContactsView.Name]), who, db, default);
        var (connection, item, conversation, message, files) = await InboxWorld.Make(app, at, made.Value.ContactId!.Value, who, db);
        var (export, run) = await Owned(house, job, db);
        await File.WriteAllTextAsync(ExportFiles.Of(export, app.Services.GetRequiredService<DataFolder>()), "name\r\n");
        var (endpoint, delivery) = await MakeEndpoint(at, who, db);
        return new(at, made.Value.ContactId!.Value, made.Value.Id, job, member, key, tag.Value.Id, other.Value.Id, note.Value.Id)
        {
            OtherContact = await MergeWorld.Guest(at, number, 1, who, db),
            Merge = await MergeWorld.Make(at, number, who, db),
            Likely = await MergeWorld.Likely(at, number, who, db),
            Review = review.Value.Id,
            Segment = segment.Value.Id,
            Export = export.Id,
            BulkRun = run,
            Import = import,
            Ended = ended,
            Parked = parked,
            Invitation = invitation.Value.Id,
            Payment = payment.Value.Id,
            Role = role.Value.Id,
            Endpoint = endpoint,
            Delivery = delivery,
            Connection = connection,
            ParkedItem = item,
            Conversation = conversation,
            Message = message,
            Files = files,
            SavedReply = (await AddSavedReply.Run(new("Welcome", "Welcome!", null, true, at), who, db, default)).Value.Id,
        };
    }

    /// <summary>What belongs to one caller alone: nobody's yet.</summary>
    private static Task<(ExportFile Export, Guid Run)> Owned(House house, Guid job, BellhopDb db) =>
        db.Save(() =>
        {
            var export = new ExportFile
            {
                OrganizationId = house.OrganizationId,
                OwnerKind = ActorKind.ApiKey,
                Question = new ExportRequest(ContactFilter.None, default, true, ExportColumns.Usual).Write(null),
                JobId = job,
                CreatedAt = db.Now,
                ExpiresAt = db.Now.AddDays(1),
                Rows = 0,
                Bytes = 6,
            };
            var run = new BulkRun
            {
                OrganizationId = house.OrganizationId,
                Action = BulkContacts.RemoveTag,
                StarterKind = ActorKind.ApiKey,
                At = db.Now,
            };
            db.AddRange(export, run);
            return Task.FromResult((export, run.Id));
        });

    /// <summary>From now on it belongs to the key made last.</summary>
    public async Task HandOver(TestApp app, House house)
    {
        await using var db = app.Open();
        var key = await db
            .ApiKeys.Where(k => k.OrganizationId == house.OrganizationId)
            .OrderByDescending(k => k.Id)
            .Select(k => k.Id)
            .FirstAsync();
        await db.Set<ExportFile>().Where(e => e.Id == Export).ExecuteUpdateAsync(set => set.SetProperty(e => e.OwnerId, key));
        await db.Set<BulkRun>().Where(r => r.Id == BulkRun).ExecuteUpdateAsync(set => set.SetProperty(r => r.StarterId, key));
        await db.Uploads.Where(u => u.Id == Files.Upload).ExecuteUpdateAsync(set => set.SetProperty(u => u.UploaderId, key));
    }

    /// <summary>Taken for ever, so that nobody calls it.</summary>
    private static Task<(Guid Endpoint, Guid Delivery)> MakeEndpoint(Guid property, Actor who, BellhopDb db) =>
        db.Save(() =>
        {
            var endpoint = new WebhookEndpoint
            {
                OrganizationId = who.OrganizationId,
                Url = "https://hooks.example.org/",
                Events = "review.created",
                Properties = [property],
                Secret = "",
                LeasedUntil = db.Now.AddYears(100),
            };
            var delivery = new WebhookDelivery
            {
                OrganizationId = who.OrganizationId,
                EndpointId = endpoint.Id,
                Event = "review.created",
            };
            db.AddRange(endpoint, delivery);
            db.Happened(who, "webhookEndpoint.created", "webhookEndpoint", endpoint.Id);
            return Task.FromResult((endpoint.Id, delivery.Id));
        });

    private static async Task<Guid> MakeImport(Guid property, ImportState state, Actor who, BellhopDb db)
    {
        var id = Guid.CreateVersion7();
        await using (var file = ImportFolder.Create(db, id))
        {
            await file.WriteAsync("Name,Phone\r\n"u8.ToArray());
        }

        await ReceiveImport.Take(
            new(
                id,
                "guests.csv",
                12,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["propertyId"] = property.ToString(), ["draft"] = "true" }
            ),
            who,
            db,
            default
        );
        await db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, state));
        return id;
    }

    /// <summary>Ids that lead to nothing anywhere.</summary>
    public World Unknown() =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7()
        );

    public static JsonObject PaymentBody(string kind) =>
        new()
        {
            ["kind"] = kind,
            ["amount"] = new JsonObject { ["amount"] = 5, ["currency"] = "EUR" },
            ["method"] = "card",
            ["on"] = "2026-03-01",
        };

    public MatrixCall Own(MatrixRow row) => row.Call(this);
}

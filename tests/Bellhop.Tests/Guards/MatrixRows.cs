using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Imports;
using Bellhop.Features.Notes;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Guards;

/// <summary>
/// The table of the matrix test. To add a route, add one line to <see cref="Api"/>; a page or another address without a permission goes in
/// <see cref="Open"/>.
/// </summary>
internal static class MatrixRows
{
    /// <summary>
    /// One line a route: method and pattern as mapped, the permission (null: anyone known), a good call with ids of the world given, and
    /// the status it gets.
    /// </summary>
    public static readonly MatrixRow[] Api =
    [
        new("GET /api/v1/contacts", Permission.ContactsView, w => new($"/contacts?propertyId={w.Property}")),
        new("GET /api/v1/contacts/summary", Permission.ContactsView, w => new($"/contacts/summary?propertyId={w.Property}")),
        new(
            "POST /api/v1/contacts",
            Permission.ContactsEdit,
            w => new("/contacts", new JsonObject { ["phone"] = "+4930123456", ["propertyId"] = w.Property.ToString() }),
            201
        ),
        new(
            "POST /api/v1/contacts/bulk",
            Permission.ContactsDelete,
            w => new("/contacts/bulk", new JsonObject { ["action"] = "delete", ["ids"] = new JsonArray(w.Contact.ToString()) })
        ),
        new("POST /api/v1/contacts/bulk/{id}/reversal", Permission.ContactsEdit, w => new($"/contacts/bulk/{w.BulkRun}/reversal")),
        new("GET /api/v1/contacts/export", Permission.ContactsImportExport, w => new($"/contacts/export?propertyId={w.Property}")),
        new(
            "POST /api/v1/contacts/exports",
            Permission.ContactsImportExport,
            w => new("/contacts/exports", new JsonObject { ["filter"] = new JsonObject { ["propertyId"] = w.Property.ToString() } }),
            202
        ),
        new("GET /api/v1/contacts/exports/{id}", Permission.ContactsImportExport, w => new($"/contacts/exports/{w.Export}")),
        new("GET /api/v1/contacts/exports/{id}/file", Permission.ContactsImportExport, w => new($"/contacts/exports/{w.Export}/file")),
        new("GET /api/v1/contacts/{id}", Permission.ContactsView, w => new($"/contacts/{w.Contact}")),
        new(
            "PATCH /api/v1/contacts/{id}",
            Permission.ContactsEdit,
            w => new($"/contacts/{w.Contact}", new JsonObject { ["name"] = "New name" })
        ),
        new("DELETE /api/v1/contacts/{id}", Permission.ContactsDelete, w => new($"/contacts/{w.Contact}"), 204),
        new("GET /api/v1/contacts/{id}/bookings", Permission.ContactsView, w => new($"/contacts/{w.Contact}/bookings")),
        new("GET /api/v1/contacts/{id}/timeline", Permission.ContactsView, w => new($"/contacts/{w.Contact}/timeline")),
        new("GET /api/v1/contacts/{id}/notes", Permission.ContactsView, w => new($"/contacts/{w.Contact}/notes")),
        new(
            "POST /api/v1/contacts/{id}/notes",
            Permission.ContactsEdit,
            w => new($"/contacts/{w.Contact}/notes", new JsonObject { ["text"] = "Likes it quiet" }),
            201
        ),
        new("GET /api/v1/contacts/{id}/notes/{noteId}", Permission.ContactsView, w => new($"/contacts/{w.Contact}/notes/{w.Note}")),
        new(
            "PATCH /api/v1/contacts/{id}/notes/{noteId}",
            Permission.ContactsEdit,
            w => new($"/contacts/{w.Contact}/notes/{w.Note}", new JsonObject { ["pinned"] = true })
        ),
        new("DELETE /api/v1/contacts/{id}/notes/{noteId}", Permission.ContactsEdit, w => new($"/contacts/{w.Contact}/notes/{w.Note}"), 204),
        new("PUT /api/v1/contacts/{id}/tags/{name}", Permission.ContactsEdit, w => new($"/contacts/{w.Contact}/tags/VIP"), 204),
        new("DELETE /api/v1/contacts/{id}/tags/{name}", Permission.ContactsEdit, w => new($"/contacts/{w.Contact}/tags/VIP"), 204),
        new("GET /api/v1/tags", null, _ => new("/tags")) { HasIds = false },
        new("POST /api/v1/tags", Permission.ContactsEdit, _ => new("/tags", new JsonObject { ["name"] = "New" }), 201) { HasIds = false },
        new("GET /api/v1/tags/{id}", null, w => new($"/tags/{w.Tag}")) { ByProperty = false },
        new("PATCH /api/v1/tags/{id}", Permission.ContactsEdit, w => new($"/tags/{w.Tag}", new JsonObject { ["name"] = "Newer" }))
        {
            ByProperty = false,
        },
        new("DELETE /api/v1/tags/{id}", Permission.ContactsEdit, w => new($"/tags/{w.Tag}"), 204) { ByProperty = false },
        new(
            "POST /api/v1/tags/{id}/merges",
            Permission.ContactsEdit,
            w => new($"/tags/{w.Tag}/merges", new JsonObject { ["from"] = w.OtherTag.ToString() })
        )
        {
            ByProperty = false,
        },
        new("GET /api/v1/segments", Permission.ContactsView, _ => new("/segments")) { HasIds = false },
        new(
            "POST /api/v1/segments",
            Permission.ContactsView,
            w =>
                new(
                    "/segments",
                    new JsonObject
                    {
                        ["name"] = "New",
                        ["conditions"] = new JsonObject { ["propertyId"] = new JsonArray(w.Property.ToString()) },
                    }
                ),
            201
        ),
        new("GET /api/v1/segments/{id}", Permission.ContactsView, w => new($"/segments/{w.Segment}")) { ByProperty = false },
        new(
            "PATCH /api/v1/segments/{id}",
            Permission.ContactsEdit,
            w => new($"/segments/{w.Segment}", new JsonObject { ["name"] = "Newer" })
        )
        {
            ByProperty = false,
        },
        new("DELETE /api/v1/segments/{id}", Permission.ContactsEdit, w => new($"/segments/{w.Segment}"), 204) { ByProperty = false },
        new(
            "GET /api/v1/segments/{id}/contacts/{contactId}",
            Permission.ContactsView,
            w => new($"/segments/{w.Segment}/contacts/{w.Contact}")
        ),
        new("GET /api/v1/imports", Permission.ContactsImportExport, _ => new("/imports")) { HasIds = false },
        new(
            "POST /api/v1/imports",
            Permission.ContactsImportExport,
            w => new("/imports") { File = () => ImportRoutesTests.Form(w.Property, "Name,Phone\r\n") },
            202
        ),
        new("GET /api/v1/imports/{id}", Permission.ContactsImportExport, w => new($"/imports/{w.Import}")),
        new(
            "POST /api/v1/imports/{id}/start",
            Permission.ContactsImportExport,
            w =>
                new(
                    $"/imports/{w.Import}/start",
                    new JsonObject
                    {
                        ["propertyId"] = w.Property.ToString(),
                        ["mode"] = "fill",
                        ["mapping"] = new JsonObject { ["Phone"] = "phone" },
                    }
                ),
            202
        ),
        new("GET /api/v1/imports/{id}/errors", Permission.ContactsImportExport, w => new($"/imports/{w.Import}/errors")),
        new("POST /api/v1/imports/{id}/cancellation", Permission.ContactsImportExport, w => new($"/imports/{w.Import}/cancellation"), 202),
        new("POST /api/v1/imports/{id}/resumption", Permission.ContactsImportExport, w => new($"/imports/{w.Parked}/resumption"), 202),
        new("POST /api/v1/imports/{id}/reversal", Permission.ContactsImportExport, w => new($"/imports/{w.Ended}/reversal"), 202),
        new("POST /api/v1/bookings", Permission.BookingsManage, w => new("/bookings", ReceiveBookingTests.Body(w.Property, "new")), 201),
        new("GET /api/v1/bookings", Permission.BookingsView, w => new($"/bookings?propertyId={w.Property}")),
        new("GET /api/v1/bookings/{id}", Permission.BookingsView, w => new($"/bookings/{w.Booking}")),
        new(
            "PATCH /api/v1/bookings/{id}",
            Permission.BookingsManage,
            w => new($"/bookings/{w.Booking}", new JsonObject { ["departure"] = "2026-03-09" })
        ),
        new(
            "POST /api/v1/bookings/{id}/confirmations",
            Permission.BookingsManage,
            w => new($"/bookings/{w.Booking}/confirmations", new JsonObject { ["fields"] = new JsonArray("email") })
        )
        {
            Fully = true,
        },
        new("GET /api/v1/reviews", Permission.BookingsView, w => new($"/reviews?propertyId={w.Property}")),
        new(
            "POST /api/v1/reviews",
            Permission.BookingsManage,
            w => new("/reviews", new JsonObject { ["bookingId"] = w.Booking.ToString(), ["stars"] = 4 }),
            201
        ),
        new("GET /api/v1/reviews/{id}", Permission.BookingsView, w => new($"/reviews/{w.Review}")),
        new("DELETE /api/v1/reviews/{id}", Permission.BookingsManage, w => new($"/reviews/{w.Review}"), 204),
        new("GET /api/v1/reports/bookings", Permission.ReportsView, w => new($"/reports/bookings?propertyId={w.Property}")),
        new(
            "GET /api/v1/reports/bookings.csv",
            Permission.ReportsView,
            w => new($"/reports/bookings.csv?propertyId={w.Property}&by=source")
        ),
        new("GET /api/v1/reports/guests", Permission.ReportsView, w => new($"/reports/guests?propertyId={w.Property}")),
        new("GET /api/v1/reports/guests.csv", Permission.ReportsView, w => new($"/reports/guests.csv?propertyId={w.Property}")),
        new("GET /api/v1/properties", null, _ => new("/properties")) { HasIds = false },
        new(
            "POST /api/v1/properties",
            Permission.SettingsManage,
            _ =>
                new(
                    "/properties",
                    new JsonObject
                    {
                        ["name"] = "Porto",
                        ["currency"] = "EUR",
                        ["timeZone"] = "Europe/Lisbon",
                        ["country"] = "PT",
                    }
                ),
            201
        )
        {
            HasIds = false,
        },
        new("GET /api/v1/properties/{id}", null, w => new($"/properties/{w.Property}")),
        new(
            "PATCH /api/v1/properties/{id}",
            Permission.SettingsManage,
            w => new($"/properties/{w.Property}", new JsonObject { ["name"] = "New name" })
        ),
        new("GET /api/v1/rates", null, _ => new("/rates")) { HasIds = false },
        new(
            "PUT /api/v1/rates",
            Permission.SettingsManage,
            _ =>
                new(
                    "/rates",
                    new JsonObject
                    {
                        ["rate"] = 0.9m,
                        ["date"] = "2026-02-01",
                        ["from"] = "USD",
                        ["to"] = "EUR",
                    }
                ),
            201
        )
        {
            HasIds = false,
        },
        new("GET /api/v1/rates/{date}/{from}/{to}", null, _ => new("/rates/2026-01-01/USD/EUR")) { HasIds = false },
        new(
            "PUT /api/v1/rates/{date}/{from}/{to}",
            Permission.SettingsManage,
            _ => new("/rates/2026-03-01/USD/EUR", new JsonObject { ["rate"] = 0.8m }),
            201
        )
        {
            HasIds = false,
        },
        new("DELETE /api/v1/rates/{date}/{from}/{to}", Permission.SettingsManage, _ => new("/rates/2026-01-01/USD/EUR"), 204)
        {
            HasIds = false,
        },
        new("GET /api/v1/organization", null, _ => new("/organization")) { HasIds = false },
        new(
            "PATCH /api/v1/organization",
            Permission.SettingsManage,
            _ => new("/organization", new JsonObject { ["timeZone"] = "Europe/Berlin" })
        )
        {
            HasIds = false,
        },
        new("GET /api/v1/audit", Permission.SettingsManage, _ => new("/audit")) { HasIds = false },
        new("GET /api/v1/team", Permission.TeamManage, _ => new("/team")) { HasIds = false },
        new("POST /api/v1/team", Permission.TeamManage, _ => new("/team", new JsonObject()), 410) { HasIds = false },
        new("GET /api/v1/team/invitations", Permission.TeamManage, _ => new("/team/invitations")) { HasIds = false },
        new(
            "POST /api/v1/team/invitations",
            Permission.TeamManage,
            w =>
                new(
                    "/team/invitations",
                    new JsonObject
                    {
                        ["email"] = $"new{w.Property:N}@example.org",
                        ["role"] = "Viewer",
                        ["properties"] = new JsonArray(w.Property.ToString()),
                    }
                ),
            202
        )
        {
            Fully = true,
        },
        new("DELETE /api/v1/team/invitations/{id}", Permission.TeamManage, w => new($"/team/invitations/{w.Invitation}"), 204)
        {
            Fully = true,
        },
        new("POST /api/v1/team/invitations/{id}/resends", Permission.TeamManage, w => new($"/team/invitations/{w.Invitation}/resends"), 202)
        {
            Fully = true,
        },
        new("GET /api/v1/team/{id}", Permission.TeamManage, w => new($"/team/{w.Member}")),
        new("PATCH /api/v1/team/{id}", Permission.TeamManage, w => new($"/team/{w.Member}", new JsonObject { ["role"] = "Marketing" }))
        {
            Fully = true,
        },
        new("DELETE /api/v1/team/{id}", Permission.TeamManage, w => new($"/team/{w.Member}"), 204) { Fully = true },
        new("GET /api/v1/roles", Permission.TeamManage, _ => new("/roles")) { HasIds = false },
        new("GET /api/v1/api-keys", Permission.TeamManage, _ => new("/api-keys")) { HasIds = false },
        new(
            "POST /api/v1/api-keys",
            Permission.TeamManage,
            w => new("/api-keys", new JsonObject { ["name"] = "new", ["properties"] = new JsonArray(w.Property.ToString()) }),
            201
        ),
        new("GET /api/v1/api-keys/{id}", Permission.TeamManage, w => new($"/api-keys/{w.Key}")),
        new("DELETE /api/v1/api-keys/{id}", Permission.TeamManage, w => new($"/api-keys/{w.Key}"), 204) { Fully = true },
        new("GET /api/v1/jobs", Permission.SettingsManage, _ => new("/jobs")) { HasIds = false },
        new("GET /api/v1/jobs/{id}", Permission.SettingsManage, w => new($"/jobs/{w.Job}")) { ByProperty = false, Otherwise = 404 },
        new("POST /api/v1/jobs/{id}/retries", Permission.SettingsManage, w => new($"/jobs/{w.Job}/retries")) { ByProperty = false },
    ];

    /// <summary>What is mapped beside the API: pages and what they need, each with tests of its own.</summary>
    public static readonly string[] Open =
    [
        "* /health/live",
        "* /health/ready",
        "POST /sign-in",
        "POST /sign-out",
        "GET /invite/{token}",
        "POST /invite/{token}",
        "GET /review/{token}",
        "POST /review/{token}",
        "GET /reviews",
        "POST /reviews",
        "GET /reports",
        "POST /reports",
        "GET /",
        "GET /contacts",
        "GET /contacts/{Profile:guid}",
        "POST /contacts/{Profile:guid}",
        "GET /contacts/segments",
        "POST /contacts/segments",
        "GET /contacts/imports",
        "POST /contacts/imports",
        "GET /contacts/imports/{Id:guid}",
        "POST /contacts/imports/{Id:guid}",
        "GET /bookings/{Id:guid}",
        "GET /bookings",
        "POST /bookings",
        "GET /settings/tags",
        "POST /settings/tags",
        "GET /settings/properties",
        "POST /settings/properties",
        "GET /setup",
        "GET /sign-in",
        "GET /not-found",
        "POST /",
        "POST /contacts",
        "POST /bookings/{Id:guid}",
        "POST /setup",
        "POST /not-found",
        "GET /book/{property}",
        "POST /book/{property}",
        "GET /openapi/{documentName}.json",
        "GET /api/{documentName?}",
        "GET /api/favicon.svg",
    ];

    /// <summary>Static files and the framework's own script and channel.</summary>
    public static bool IsFile(string route) =>
        route.Contains("/_", StringComparison.Ordinal)
        || route.Contains(".js", StringComparison.Ordinal)
        || route.Contains(".css", StringComparison.Ordinal)
        || (route.Contains(".svg", StringComparison.Ordinal) && !route.Contains("/api", StringComparison.Ordinal))
        || route.EndsWith("/{**path:file}", StringComparison.Ordinal);
}

/// <param name="Route">Method and pattern.</param>
/// <param name="Permission">What it demands; null where being known will do.</param>
/// <param name="Call">A good call.</param>
/// <param name="Status">What whoever may gets.</param>
internal sealed record MatrixRow(string Route, Permission? Permission, Func<World, MatrixCall> Call, int Status = 200)
{
    /// <summary>Whether the call names ids at all.</summary>
    public bool HasIds { get; init; } = true;

    /// <summary>Whether what it names belongs to a property.</summary>
    public bool ByProperty { get; init; } = true;

    /// <summary>Whether it takes further rights to do: nobody hands on what they have not.</summary>
    public bool Fully { get; init; }

    /// <summary>What whoever lacks the permission gets; 404 where others see what is theirs here.</summary>
    public int Otherwise { get; init; } = 403;

    public HttpMethod Method => new(Route.Split(' ')[0]);
}

/// <param name="Path">Under /api/v1.</param>
internal sealed record MatrixCall(string Path, JsonNode? Body = null)
{
    /// <summary>The body where it is a form with a file, made anew for every call.</summary>
    public Func<HttpContent>? File { get; init; }

    public HttpRequestMessage Message(HttpMethod method) =>
        new(method, "/api/v1" + Path)
        {
            Content =
                File is not null ? File()
                : Body is null || method == HttpMethod.Get ? null
                : new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
}

/// <summary>One of everything, at one property of a house.</summary>
internal sealed record World(Guid Property, Guid Contact, Guid Booking, Guid Job, Guid Member, Guid Key, Guid Tag, Guid OtherTag, Guid Note)
{
    private static int _phones;

    public Guid Review { get; init; } = Guid.CreateVersion7();
    public Guid Segment { get; init; } = Guid.CreateVersion7();
    public Guid Export { get; init; } = Guid.CreateVersion7();
    public Guid BulkRun { get; init; } = Guid.CreateVersion7();

    public Guid Invitation { get; init; } = Guid.CreateVersion7();

    /// <summary>An import that waits to be started, one that has ended, and one whose starter may not go on with it.</summary>
    public Guid Import { get; init; } = Guid.CreateVersion7();
    public Guid Ended { get; init; } = Guid.CreateVersion7();
    public Guid Parked { get; init; } = Guid.CreateVersion7();

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
        var (tag, other) = (
            await AddTag.Run(new($"Tag {number}"), who, db, default),
            await AddTag.Run(new($"Other {number}"), who, db, default)
        );
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
            default
        );
        var (export, run) = await Owned(house, job, db);
        await File.WriteAllTextAsync(ExportFiles.Of(export, app.Services.GetRequiredService<DataFolder>()), "name\r\n");
        return new(at, made.Value.ContactId!.Value, made.Value.Id, job, member, key, tag.Value.Id, other.Value.Id, note.Value.Id)
        {
            Review = review.Value.Id,
            Segment = segment.Value.Id,
            Export = export.Id,
            BulkRun = run,
            Import = import,
            Ended = ended,
            Parked = parked,
            Invitation = invitation.Value.Id,
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
    }

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

    public MatrixCall Own(MatrixRow row) => row.Call(this);
}

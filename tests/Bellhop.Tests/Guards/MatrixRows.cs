using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;

namespace Bellhop.Tests.Guards;

/// <summary>The table of the matrix test. To add a route, add one line to <see cref="Api"/>; a page or another address without a permission goes in <see cref="Open"/>.</summary>
internal static class MatrixRows
{
    /// <summary>One line a route: method and pattern as mapped, the permission (null: anyone known), a good call with ids of the world given, and the status it gets.</summary>
    public static readonly MatrixRow[] Api =
    [
        new("GET /api/v1/contacts", Permission.ContactsView, w => new($"/contacts?propertyId={w.Property}")),
        new("GET /api/v1/contacts/summary", Permission.ContactsView, w => new($"/contacts/summary?propertyId={w.Property}")),
        new("POST /api/v1/contacts", Permission.ContactsEdit, w => new("/contacts", new JsonObject { ["phone"] = "+4930123456", ["propertyId"] = w.Property.ToString() }), 201),
        new("POST /api/v1/contacts/bulk", Permission.ContactsDelete, w => new("/contacts/bulk", new JsonObject { ["action"] = "delete", ["ids"] = new JsonArray(w.Contact.ToString()) })),
        new("GET /api/v1/contacts/{id}", Permission.ContactsView, w => new($"/contacts/{w.Contact}")),
        new("PATCH /api/v1/contacts/{id}", Permission.ContactsEdit, w => new($"/contacts/{w.Contact}", new JsonObject { ["name"] = "New name" })),
        new("DELETE /api/v1/contacts/{id}", Permission.ContactsDelete, w => new($"/contacts/{w.Contact}"), 204),
        new("POST /api/v1/bookings", Permission.BookingsManage, w => new("/bookings", ReceiveBookingTests.Body(w.Property, "new")), 201),
        new("GET /api/v1/bookings/{id}", Permission.BookingsView, w => new($"/bookings/{w.Booking}")),
        new("PATCH /api/v1/bookings/{id}", Permission.BookingsManage, w => new($"/bookings/{w.Booking}", new JsonObject { ["departure"] = "2026-03-09" })),
        new("GET /api/v1/jobs", Permission.SettingsManage, _ => new("/jobs")) { HasIds = false },
        new("GET /api/v1/jobs/{id}", Permission.SettingsManage, w => new($"/jobs/{w.Job}")) { ByProperty = false, Otherwise = 404 },
        new("POST /api/v1/jobs/{id}/retries", Permission.SettingsManage, w => new($"/jobs/{w.Job}/retries")) { ByProperty = false },
    ];

    /// <summary>What is mapped beside the API: pages and what they need, each with tests of its own.</summary>
    public static readonly string[] Open =
    [
        "* /health/live", "* /health/ready", "POST /sign-in", "POST /sign-out",
        "GET /openapi/{documentName}.json", "GET /api/{documentName?}", "GET /api/favicon.svg",
    ];

    /// <summary>Static files and the framework's own script and channel.</summary>
    public static bool IsFile(string route) => route.Contains("/_", StringComparison.Ordinal) || route.Contains(".js", StringComparison.Ordinal) || route.Contains(".css", StringComparison.Ordinal);
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

    /// <summary>What whoever lacks the permission gets; 404 where others see what is theirs here.</summary>
    public int Otherwise { get; init; } = 403;

    public HttpMethod Method => new(Route.Split(' ')[0]);
}

/// <param name="Path">Under /api/v1.</param>
internal sealed record MatrixCall(string Path, JsonNode? Body = null)
{
    public HttpRequestMessage Message(HttpMethod method) => new(method, "/api/v1" + Path)
    {
        Content = Body is null || method == HttpMethod.Get ? null : new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json"),
    };
}

/// <summary>One of everything, at one property of a house.</summary>
internal sealed record World(Guid Property, Guid Contact, Guid Booking, Guid Job)
{
    private static int _phones;

    public static async Task<World> Make(TestApp app, House house, Guid? property = null)
    {
        var at = property ?? house.Lisbon;
        var who = TestApp.Everything(house);
        await using var db = app.Open();
        var number = Interlocked.Increment(ref _phones);
        var made = await ReceiveBooking.Run(
            new(at, "Website", "Confirmed", "2026-03-01", "2026-03-04", new(100, "EUR"), new("Guest", $"+35191234{number:0000}"), "world " + number), who, db, default);
        var job = await db.Save(async () =>
        {
            var id = await db.Queue(who, "test.parked", "", cancel: default);
            var row = db.ChangeTracker.Entries<Job>().Single(e => e.Entity.Id == id).Entity;
            (row.State, row.FinishedAt) = (JobState.Parked, db.Now);
            return id;
        });
        return new(at, made.Value.ContactId!.Value, made.Value.Id, job);
    }

    /// <summary>Ids that lead to nothing anywhere.</summary>
    public World Unknown() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

    public MatrixCall Own(MatrixRow row) => row.Call(this);
}

using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Features.Imports;
using Bellhop.Tests.Features.Properties.House;
using Bellhop.Tests.Features.Properties.Rates;

namespace Bellhop.Tests.Guards;

/// <summary>
/// The table of the matrix test. To add a route, add one line to <see cref="Api"/>; a page or another address without a permission goes in
/// <see cref="Open"/>.
/// </summary>
internal static partial class MatrixRows
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
        new(
            "GET /api/v1/contacts/{id}/merges/preview",
            Permission.ContactsEdit,
            w => new($"/contacts/{w.Contact}/merges/preview?from={w.OtherContact}")
        ),
        new(
            "POST /api/v1/contacts/{id}/merges",
            Permission.ContactsEdit,
            w => new($"/contacts/{w.Contact}/merges", new JsonObject { ["from"] = w.OtherContact.ToString() }),
            201
        ),
        new("GET /api/v1/contacts/duplicates", Permission.ContactsEdit, w => new($"/contacts/duplicates?contactId={w.Contact}")),
        new("POST /api/v1/contacts/duplicates/sweeps", Permission.ContactsEdit, _ => new("/contacts/duplicates/sweeps"), 202)
        {
            HasIds = false,
            Fully = true,
        },
        new(
            "POST /api/v1/contacts/duplicates/{id}/dismissal",
            Permission.ContactsEdit,
            w => new($"/contacts/duplicates/{w.Likely}/dismissal", new JsonObject { ["reason"] = "Sisters" })
        ),
        new(
            "DELETE /api/v1/contacts/duplicates/{id}/dismissal",
            Permission.ContactsEdit,
            w => new($"/contacts/duplicates/{w.Likely}/dismissal"),
            204
        ),
        new("GET /api/v1/merges/{id}", Permission.ContactsEdit, w => new($"/merges/{w.Merge}")),
        new("DELETE /api/v1/merges/{id}", Permission.ContactsEdit, w => new($"/merges/{w.Merge}"), 204),
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
        new("GET /api/v1/notes", Permission.ContactsView, _ => new("/notes?due=2026-03-01")) { HasIds = false },
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
        .. Bookings,
        .. Loyalty,
        new("GET /api/v1/today", Permission.BookingsView, w => new($"/today?propertyId={w.Property}&date=2026-03-04")),
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
        new(
            "POST /api/v1/rates/imports",
            Permission.SettingsManage,
            _ => new("/rates/imports") { File = () => ImportRatesTests.Form("Date,USD\n2026-02-02,1.1\n") }
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
        new(
            "PUT /api/v1/organization/logo",
            Permission.SettingsManage,
            _ => new("/organization/logo") { File = () => ImportRatesTests.Form(LogoTests.Png(8, 4)) }
        )
        {
            HasIds = false,
        },
        new("GET /api/v1/organization/logo", null, _ => new("/organization/logo")) { HasIds = false },
        new("DELETE /api/v1/organization/logo", Permission.SettingsManage, _ => new("/organization/logo"), 204) { HasIds = false },
        new("GET /api/v1/approvals/rules", Permission.SettingsManage, _ => new("/approvals/rules")) { HasIds = false },
        new(
            "PUT /api/v1/approvals/rules/{action}",
            Permission.SettingsManage,
            _ => new("/approvals/rules/contacts.bulkDelete", new JsonObject { ["over"] = 5000 })
        )
        {
            HasIds = false,
        },
        new("GET /api/v1/audit", Permission.SettingsManage, _ => new("/audit")) { HasIds = false },
        new("GET /api/v1/audit.csv", Permission.SettingsManage, _ => new("/audit.csv")) { HasIds = false },
        .. Team,
        .. Webhooks,
        .. Inbox,
        new("GET /api/v1/jobs", Permission.SettingsManage, _ => new("/jobs")) { HasIds = false },
        new("GET /api/v1/jobs/{id}", Permission.SettingsManage, w => new($"/jobs/{w.Job}")) { ByProperty = false, Otherwise = 404 },
        new("POST /api/v1/jobs/{id}/retries", Permission.SettingsManage, w => new($"/jobs/{w.Job}/retries")) { ByProperty = false },
    ];
}

using System.Net;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Imports;
using Bellhop.Features.Reviews;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Tests.Guards;

/// <summary>
/// Every page behind the sign-in × every role, nobody and a role without rights × one's own ids, a stranger's and an unassigned property's:
/// as <see cref="MatrixTests"/> for routes.
/// </summary>
public class PageMatrixTests
{
    private const string NoRights = "Without rights";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_page_shows_what_the_role_may_see_and_refuses_the_rest_in_words(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var (own, elsewhere) = (await Book(app, house.OrganizationId, house.Lisbon), await Book(app, house.OrganizationId, house.Berlin));
        var stranger = await app.MakeHouse();
        var theirs = await Book(app, stranger.OrganizationId, stranger.Lisbon);
        (string Path, Permission Needs, string Shows)[] pages =
        [
            ("/contacts", Permission.ContactsView, "Guest of"),
            ("/contacts/segments", Permission.ContactsView, "Segment of"),
            ("/contacts/imports", Permission.ContactsImportExport, "File of"),
            ("/bookings", Permission.BookingsView, "Guest of"),
            ($"/bookings/{own}", Permission.BookingsView, "Guest of"),
            ("/reviews", Permission.BookingsView, "Said of"),
            ("/reports?from=2026-01-01&to=2026-12-31", Permission.ReportsView, "By source"),
        ];
        var wrong = new List<string>();

        foreach (var (path, needs, shows) in pages)
        {
            var nobody = await app.Anonymous().GetAsync(path);
            nobody.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            foreach (var role in Roles.All.Append(NoRights))
            {
                var browser = await app.SignedIn(house.OrganizationId, role);
                var may = Roles.Of(role).Holds(needs);
                await See(app, browser, path, shows, may, may ? 0 : 1, role, wrong);
            }
        }

        var limited = await app.SignedIn(house.OrganizationId, Roles.Owner, house.Lisbon);
        await See(app, limited, $"/bookings/{elsewhere}", "Guest of", false, 1, "an unassigned property's booking", wrong);
        await See(app, limited, $"/bookings/{theirs}", "Guest of", false, 1, "a stranger's booking, limited", wrong);
        await See(
            app,
            await app.SignedIn(house.OrganizationId, Roles.Owner),
            $"/bookings/{theirs}",
            "Guest of",
            false,
            1,
            "a stranger's booking",
            wrong
        );
        await See(app, limited, $"/contacts?propertyId={house.Berlin}", "Guest of", false, 1, "an unassigned property's list", wrong);
        await See(app, limited, $"/reviews?propertyId={house.Berlin}", "Said of", false, 1, "an unassigned property's reviews", wrong);
        await See(app, limited, $"/reports?propertyId={house.Berlin}", "By source", false, 1, "an unassigned property's reports", wrong);
        await See(app, limited, $"/bookings?propertyId={house.Berlin}", "Guest of", false, 1, "an unassigned property's bookings", wrong);
        foreach (var (path, text) in new[] { ("/contacts", "Guest of"), ("/bookings", "Guest of"), ("/reviews", "Said of") })
        {
            var list = await (await limited.GetAsync(path)).Content.ReadAsStringAsync();
            list.ShouldContain($"{text} {house.Lisbon:N}");
            list.ShouldNotContain($"{text} {house.Berlin:N}");
            list.ShouldNotContain($"{text} {stranger.Lisbon:N}");
        }

        wrong.ShouldBeEmpty();
    }

    private static async Task<Guid> Book(TestApp app, int organizationId, Guid property)
    {
        await using var db = app.Open();
        var saved = await ReceiveBooking.Run(
            new(property, "Website", "Confirmed", "2026-01-02", "2026-01-04", new(120, "EUR"), new($"Guest of {property:N}")),
            Actor.System(organizationId),
            db,
            TestContext.Current.CancellationToken
        );
        await AddReview.Run(
            new(4, saved.Value.Id, Comment: $"Said of {property:N}"),
            Actor.System(organizationId),
            db,
            TestContext.Current.CancellationToken
        );
        await AddSegment.Run(
            new($"Segment of {property:N}", new RuleLeaf(new(MinBookings: 1)).ToElement(), Shared: true),
            Actor.System(organizationId),
            db,
            TestContext.Current.CancellationToken
        );
        await db.Save(() =>
            Task.FromResult(
                db.Imports.Add(
                    new()
                    {
                        OrganizationId = organizationId,
                        StarterKind = ActorKind.System,
                        FileName = $"File of {property:N}.csv",
                        PropertyId = property,
                        State = ImportState.Completed,
                        Layout = "{}",
                        Mapping = "{}",
                        CreatedAt = db.Now,
                    }
                )
            )
        );
        return saved.Value.Id;
    }

    private static async Task See(
        TestApp app,
        HttpClient browser,
        string path,
        string shows,
        bool may,
        int rows,
        string who,
        List<string> wrong
    )
    {
        var before = await app.Snapshot();
        var refused = await app.Events("access.refused");
        using var answer = await browser.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        var told = html.Contains(shows, StringComparison.Ordinal);
        if (may ? answer.StatusCode != HttpStatusCode.OK || !told : told)
        {
            wrong.Add($"{path}, {who}: {(int)answer.StatusCode}, {(told ? "shows" : "hides")} {shows}");
        }

        if (await app.Events("access.refused") - refused is var left && left != rows)
        {
            wrong.Add($"{path}, {who}: {left} rows in the audit log instead of {rows}");
        }

        if (!(await app.Snapshot()).SequenceEqual(before))
        {
            wrong.Add($"{path}, {who}: something was changed");
        }
    }
}

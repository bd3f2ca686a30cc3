using System.Net;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Imports;
using Bellhop.Features.Reviews;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Guards;

/// <summary>
/// Every page behind the sign-in × every role, nobody and a role without rights × one's own ids, a stranger's and an unassigned property's:
/// as <see cref="MatrixTests"/> for routes.
/// </summary>
public class PageMatrixTests
{
    private const string NoRights = "Without rights";
    private static int _merges;

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public Task A_page_shows_what_the_role_may_see_and_refuses_the_rest_in_words(string engine) =>
        Refusals.AllAre(
            engine,
            async app =>
            {
                var house = await app.MakeHouse();
                var (own, elsewhere) = (
                    await Book(app, house.OrganizationId, house.Lisbon),
                    await Book(app, house.OrganizationId, house.Berlin)
                );
                var stranger = await app.MakeHouse();
                var theirs = await Book(app, stranger.OrganizationId, stranger.Lisbon);
                var (talk, talkElsewhere, talkTheirs) = (
                    await Talk(app, house.OrganizationId, house.Lisbon),
                    await Talk(app, house.OrganizationId, house.Berlin),
                    await Talk(app, stranger.OrganizationId, stranger.Lisbon)
                );
                var (guest, guestElsewhere, guestTheirs) = (
                    await GuestOf(app, house.OrganizationId, house.Lisbon),
                    await GuestOf(app, house.OrganizationId, house.Berlin),
                    await GuestOf(app, stranger.OrganizationId, stranger.Lisbon)
                );
                var (merge, mergeElsewhere, mergeTheirs) = (
                    await Merge(app, house.OrganizationId, house.Lisbon),
                    await Merge(app, house.OrganizationId, house.Berlin),
                    await Merge(app, stranger.OrganizationId, stranger.Lisbon)
                );
                await LoyaltyWorld.Save(house.Lisbon, TestApp.Everything(house), app.Open());
                (string Path, Permission Needs, string Shows)[] pages =
                [
                    ("/contacts", Permission.ContactsView, "Guest of"),
                    ("/contacts/segments", Permission.ContactsView, "Segment of"),
                    ("/contacts/duplicates", Permission.ContactsEdit, "To decide"),
                    ($"/contacts/{guest}/merge", Permission.ContactsEdit, "Who is the same guest?"),
                    ($"/contacts/merges/{merge}", Permission.ContactsEdit, "The two afterwards"),
                    ("/contacts/imports", Permission.ContactsImportExport, "File of"),
                    ("/bookings", Permission.BookingsView, "Guest of"),
                    ("/today", Permission.BookingsView, "Nobody leaves on this day"),
                    ($"/bookings/{own}", Permission.BookingsView, "Guest of"),
                    ($"/bookings/{own}/address", Permission.BookingsManage, "The booking site hides your address"),
                    ("/inbox", Permission.ConversationsView, "Guest of"),
                    ($"/inbox/{talk}", Permission.ConversationsView, "The line broke while it was sent"),
                    ("/loyalty", Permission.ContactsView, "Each property has a programme of its own"),
                    ($"/loyalty?propertyId={house.Lisbon}", Permission.ContactsView, "In one sentence"),
                    ("/reviews", Permission.BookingsView, "Said of"),
                    ("/reports?from=2026-01-01&to=2026-12-31", Permission.ReportsView, "By source"),
                    ("/settings/team", Permission.TeamManage, "Last seen"),
                    ("/settings/roles", Permission.TeamManage, "New role"),
                    ("/settings/keys", Permission.TeamManage, "Last used"),
                    ("/settings/replies", Permission.ConversationsReply, "Texts that you often send"),
                    ("/settings/connections", Permission.SettingsManage, "By these your guests write"),
                    ("/settings/webhooks", Permission.SettingsManage, "Another program hears"),
                    ("/settings/organization", Permission.SettingsManage, "Public address"),
                    ("/settings/rates", Permission.SettingsManage, "From the European Central Bank"),
                    ("/settings/approvals", Permission.SettingsManage, "What needs an approval"),
                    ("/settings/audit", Permission.SettingsManage, "What was refused"),
                ];
                var calls = new List<RefusedCall>();
                foreach (var (path, needs, shows) in pages)
                {
                    calls.Add(SentToSignIn(app, path));
                    foreach (var role in Roles.All.Append(NoRights))
                    {
                        calls.Add(See(await app.SignedIn(house.OrganizationId, role), path, shows, Roles.Of(role).Holds(needs), role));
                    }
                }

                var limited = await app.SignedIn(house.OrganizationId, Roles.Owner, house.Lisbon);
                calls.Add(See(limited, $"/bookings/{elsewhere}", "Guest of", false, "an unassigned property's booking"));
                calls.Add(See(limited, $"/bookings/{theirs}", "Guest of", false, "a stranger's booking, limited"));
                var owner = await app.SignedIn(house.OrganizationId, Roles.Owner);
                calls.Add(See(owner, $"/bookings/{theirs}", "Guest of", false, "a stranger's booking"));
                foreach (var (other, join) in new[] { (guestElsewhere, mergeElsewhere), (guestTheirs, mergeTheirs) })
                {
                    calls.Add(See(limited, $"/contacts/{other}/merge", "Who is the same guest?", false, "another's guest, limited"));
                    calls.Add(See(limited, $"/contacts/{guest}/merge?with={other}", "After merging", false, "a pair with another's guest"));
                    calls.Add(See(limited, $"/contacts/merges/{join}", "The two afterwards", false, "another's merge, limited"));
                }

                calls.Add(
                    See(owner, $"/contacts/{guest}/merge?with={guestTheirs}", "After merging", false, "a pair with a stranger's guest")
                );
                calls.Add(See(owner, $"/contacts/merges/{mergeTheirs}", "The two afterwards", false, "a stranger's merge"));
                var written = "The line broke while it was sent";
                calls.Add(See(limited, $"/inbox/{talkElsewhere}", written, false, "an unassigned property's conversation"));
                calls.Add(See(owner, $"/inbox/{talkTheirs}", written, false, "a stranger's conversation"));
                calls.Add(See(limited, $"/inbox?propertyId={house.Berlin}", "Guest of", false, "an unassigned property's inbox"));
                calls.Add(See(limited, $"/contacts?propertyId={house.Berlin}", "Guest of", false, "an unassigned property's list"));
                calls.Add(See(limited, $"/reviews?propertyId={house.Berlin}", "Said of", false, "an unassigned property's reviews"));
                calls.Add(See(limited, $"/loyalty?propertyId={house.Berlin}", "At a glance", false, "an unassigned property's programme"));
                calls.Add(See(limited, $"/reports?propertyId={house.Berlin}", "By source", false, "an unassigned property's reports"));
                calls.Add(See(limited, $"/today?propertyId={house.Berlin}", "Nobody leaves", false, "an unassigned property's day"));
                calls.Add(See(limited, $"/bookings?propertyId={house.Berlin}", "Guest of", false, "an unassigned property's bookings"));
                foreach (
                    var (path, text) in new[]
                    {
                        ("/contacts", "Guest of"),
                        ("/bookings", "Guest of"),
                        ("/reviews", "Said of"),
                        ("/inbox", "Guest of"),
                    }
                )
                {
                    calls.Add(
                        new(
                            $"{path}, limited",
                            0,
                            async () =>
                            {
                                var list = await (await limited.GetAsync(path)).Content.ReadAsStringAsync();
                                list.ShouldContain($"{text} {house.Lisbon:N}");
                                list.ShouldNotContain($"{text} {house.Berlin:N}");
                                list.ShouldNotContain($"{text} {stranger.Lisbon:N}");
                                return null;
                            }
                        )
                    );
                }

                return calls;
            }
        );

    private static RefusedCall SentToSignIn(TestApp app, string path) =>
        new(
            $"{path}, nobody",
            0,
            async () =>
            {
                using var answer = await app.Anonymous().GetAsync(path);
                return answer.StatusCode == HttpStatusCode.Redirect ? null : $"{(int)answer.StatusCode} instead of 302";
            }
        );

    private static async Task<Guid> GuestOf(TestApp app, int organizationId, Guid property)
    {
        await using var db = app.Open();
        return await db
            .Bookings.Where(b => b.OrganizationId == organizationId && b.PropertyId == property)
            .Select(b => b.ContactId!.Value)
            .FirstAsync();
    }

    private static async Task<Guid> Merge(TestApp app, int organizationId, Guid property)
    {
        await using var db = app.Open();
        return await MergeWorld.Make(property, Interlocked.Increment(ref _merges), Actor.System(organizationId), db);
    }

    private static async Task<Guid> Talk(TestApp app, int organizationId, Guid property)
    {
        await using var db = app.Open();
        var contact = await GuestOf(app, organizationId, property);
        return (await InboxWorld.Make(app, property, contact, Actor.System(organizationId), db)).Conversation;
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

    /// <summary>A page is shown, or refused in words with one row in the audit log.</summary>
    private static RefusedCall See(HttpClient browser, string path, string shows, bool may, string who) =>
        new(
            $"{path}, {who}",
            may ? 0 : 1,
            async () =>
            {
                using var answer = await browser.GetAsync(path);
                var told = (await answer.Content.ReadAsStringAsync()).Contains(shows, StringComparison.Ordinal);
                var right = may ? answer.StatusCode == HttpStatusCode.OK && told : !told;
                return right ? BrowserBounds.Missing(answer) : $"{(int)answer.StatusCode}, {(told ? "shows" : "hides")} {shows}";
            }
        );
}

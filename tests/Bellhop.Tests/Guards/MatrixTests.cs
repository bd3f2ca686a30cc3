using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Guards;

/// <summary>
/// Every route × every role, nobody, and a key without rights × one's own ids, a stranger's organisation's, an unassigned property's: the
/// status is the one the rules give, the database is unchanged on every refusal, and the audit log has exactly one row for a 403 or 404 of
/// somebody known.
/// </summary>
public class MatrixTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    /// <summary>Somebody who asks, and what they may do.</summary>
    private sealed record Caller(string Name, HttpClient Client, PermissionSet Permissions, bool IsUser = false);

    [Fact]
    public async Task Every_route_has_its_row()
    {
        await using var app = await TestApp.Start("sqlite");
        var mapped = Mapped(app);
        var rows = MatrixRows.Api.Select(r => r.Route).Concat(MatrixRows.Open).ToList();

        mapped
            .Except(rows)
            .ShouldBeEmpty(
                "Each route needs a row in MatrixRows.cs. For an API route: new(\"GET /api/v1/things/{id}\", "
                    + "Permission.ThingsView, world => new(Path: $\"/things/{world.Thing}\")); "
                    + "a page or another open address goes in Open, with a test of its own."
            );
        MatrixRows.Api.Select(r => r.Route).Except(mapped).ShouldBeEmpty("These rows name routes that are gone.");
    }

    [Theory, MemberData(nameof(Engines))]
    public Task Nobody_and_the_rightless_are_refused_and_change_nothing(string engine) =>
        Refusals.AllAre(
            engine,
            async app =>
            {
                var house = await app.MakeHouse();
                var world = await World.Make(app, house);
                var callers = new List<Caller>
                {
                    new("a key without rights", app.As(await app.MakeKey(house.OrganizationId, PermissionSet.None)), PermissionSet.None),
                };
                foreach (var role in Roles.All)
                {
                    callers.Add(new(role, app.As(await app.MakeKey(house.OrganizationId, Roles.Of(role))), Roles.Of(role)));
                    callers.Add(new(role + " in a browser", await app.SignedIn(house.OrganizationId, role), Roles.Of(role), IsUser: true));
                }

                var calls = new List<RefusedCall>();
                foreach (var row in MatrixRows.Api)
                {
                    calls.Add(Call(row, world.Own(row), app.Anonymous(), 401, 0, "nobody"));
                    foreach (var caller in callers.Where(c => row.Permission is { } needed && !c.Permissions.Holds(needed)))
                    {
                        // A write with the cookie alone is no request of ours, whoever's the cookie is.
                        var forged = caller.IsUser && row.Method != HttpMethod.Get;
                        calls.Add(Call(row, world.Own(row), caller.Client, forged ? 400 : row.Otherwise, forged ? 0 : 1, caller.Name));
                    }
                }

                return calls;
            }
        );

    [Theory, MemberData(nameof(Engines))]
    public Task What_is_another_organisations_or_propertys_is_not_there(string engine) =>
        Refusals.AllAre(
            engine,
            async app =>
            {
                var house = await app.MakeHouse();
                var own = await World.Make(app, house);
                var strangers = await World.Make(app, await app.MakeHouse());
                var everything = app.As(house.Owner);
                var limited = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon));
                var elsewhere = await World.Make(app, house, house.Berlin);

                var calls = new List<RefusedCall>();
                foreach (var row in MatrixRows.Api.Where(r => r.HasIds))
                {
                    calls.Add(Call(row, strangers.Own(row), everything, 404, 1, "a stranger's id"));
                    calls.Add(Call(row, own.Unknown().Own(row), everything, 404, 1, "an id of nothing"));
                    if (row.ByProperty)
                    {
                        calls.Add(Call(row, elsewhere.Own(row), limited, 404, 1, "an unassigned property's id"));
                    }
                }

                foreach (var row in MatrixRows.Api.Where(r => r.Route.Contains("{id}", StringComparison.Ordinal)))
                {
                    var noId = own.Own(row) with { Path = row.Route.Split(' ')[1]["/api/v1".Length..].Replace("{id}", "not-an-id") };
                    calls.Add(Call(row, noId, everything, 404, 1, "no id at all"));
                }

                return calls;
            }
        );

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_holds_the_permission_gets_through_and_leaves_no_refusal(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var wrong = new List<string>();
        var (house, world) = await Fresh();
        foreach (var row in MatrixRows.Api)
        {
            var key = await app.MakeKey(
                house.OrganizationId,
                row.Fully ? PermissionSet.Everything
                    : row.Permission is { } needed ? new([needed])
                    : PermissionSet.None
            );
            await world.HandOver(app, house);
            var before = await app.Events("access.refused");
            using var answer = await app.As(key).SendAsync(world.Own(row).Message(row.Method));
            if ((int)answer.StatusCode != row.Status || await app.Events("access.refused") != before)
            {
                wrong.Add($"{row.Route} with {row.Permission?.Name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            if (BrowserBounds.Missing(answer) is { } lack)
            {
                wrong.Add($"{row.Route} {lack}");
            }

            if (row.Method != HttpMethod.Get)
            {
                (house, world) = await Fresh(); // what a row changes or deletes, the next still needs
            }
        }

        wrong.ShouldBeEmpty();

        async Task<(House House, World World)> Fresh()
        {
            var made = await app.MakeHouse();
            return (made, await World.Make(app, made));
        }
    }

    private static RefusedCall Call(MatrixRow row, MatrixCall call, HttpClient client, int status, int rows, string who) =>
        new(
            $"{row.Route}, {who}",
            rows,
            async () =>
            {
                using var answer = await client.SendAsync(call.Message(row.Method));
                var got = (int)answer.StatusCode;
                return got == status
                    ? BrowserBounds.Missing(answer)
                    : $"{got} instead of {status}: {await answer.Content.ReadAsStringAsync()}";
            }
        );

    private static List<string> Mapped(TestApp app) =>
        [
            .. app
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(e =>
                    (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])
                        .Where(m => m != "HEAD")
                        .Select(m => $"{m} {Pattern(e)}")
                )
                .Where(r => !MatrixRows.IsFile(r))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
}

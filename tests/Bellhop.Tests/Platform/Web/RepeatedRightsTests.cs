using System.Security.Cryptography;
using System.Text;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Platform.Web;

/// <summary>A kept answer is given again only to who could do the call today.</summary>
public class RepeatedRightsTests
{
    private static readonly PermissionSet WithoutGuests = new(
        Permission.All.Where(p => !p.Name.StartsWith("contacts.", StringComparison.Ordinal))
    );

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task No_post_answers_again_what_it_would_refuse_without_the_rights_to_guests(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (refused, wrong) = (new List<string>(), new List<string>());
        foreach (var row in MatrixRows.Api.Where(r => r.Method == HttpMethod.Post && r.Status < 300))
        {
            var house = await app.MakeHouse();
            var world = await World.Make(app, house);
            var key = await app.MakeKey(house.OrganizationId, PermissionSet.Everything);
            await world.HandOver(app, house);
            var call = world.Own(row);
            if (call.File is not null)
            {
                continue; // its boundary makes each body another
            }

            ((int)(await Send(key, "k")).StatusCode).ShouldBe(row.Status, $"{row.Route} after {string.Join(", ", refused)}");
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
            await using (var db = app.Open())
            {
                await db.Arrange(() =>
                    db
                        .ApiKeys.Where(k => k.OrganizationId == house.OrganizationId && k.Hash == hash)
                        .ExecuteUpdateAsync(set => set.SetProperty(k => k.Permissions, WithoutGuests.Stored()))
                );
            }

            app.Services.GetRequiredService<ActorSource>().Forget();

            // The call is refused before it does anything, so that it may be made twice.
            if ((int)(await Send(key, null)).StatusCode == 403)
            {
                refused.Add(row.Route);
                if ((int)(await Send(key, "k")).StatusCode != 403)
                {
                    wrong.Add(row.Route);
                }
            }

            async Task<HttpResponseMessage> Send(string by, string? repeat)
            {
                using var request = call.Message(row.Method);
                if (repeat is not null)
                {
                    request.Headers.Add("Idempotency-Key", repeat);
                }

                return await app.As(by).SendAsync(request);
            }
        }

        wrong.ShouldBeEmpty("These need a permission that their route does not name: .Needs(…) once more.");
        refused.ShouldContain("POST /api/v1/bookings/{id}/confirmations");
        refused.Count.ShouldBeGreaterThan(8);
    }
}

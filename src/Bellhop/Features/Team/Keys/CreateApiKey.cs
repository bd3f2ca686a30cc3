using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Makes a key for a program. The key is shown only in this answer; only its hash is stored.</summary>
public static class CreateApiKey
{
    /// <param name="Permissions">Names of permissions. When left out, all of the actor's.</param>
    /// <param name="Properties">Property ids. When left out, all that the actor sees; later ones too, if that is true for the
    /// actor.</param>
    /// <param name="Expires">YYYY-MM-DD: the last day on which the key works, in the organisation's zone.</param>
    public sealed record Input(
        string Name,
        IReadOnlyList<string>? Permissions = null,
        IReadOnlyList<Guid>? Properties = null,
        string? Expires = null
    );

    /// <exception cref="Refusal">403 for a permission that the actor does not have; 404 for a property that the actor does not
    /// see.</exception>
    public static async Task<Saved<ApiKeyRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == who.OrganizationId, cancel);
        var errors = new ValidationErrors();
        var name = errors.Text("name", input.Name, 100, required: true);
        var permissions = Rights.Read(errors, "permissions", input.Permissions, who);
        var ends = ReadDay(errors, input.Expires, organization, db);
        if (input.Properties is { Count: 0 })
        {
            errors.Add("properties", ErrorText.Of<TeamTexts>("NoProperties"));
        }

        errors.Refuse();
        Rights.DemandOwn(permissions, who);
        var (key, hash) = ActorSource.NewKey();
        return await db.Save(
            async () =>
            {
                var properties = await Rights.Properties(input.Properties, who, db, cancel);
                var made = new ApiKey
                {
                    OrganizationId = who.OrganizationId,
                    Name = name!,
                    Hash = hash,
                    Permissions = permissions.Stored(),
                    Properties = properties,
                    CreatedAt = db.Now,
                    ExpiresAt = ends,
                };
                db.ApiKeys.Add(made);
                db.ApiKeyOwners.Add(
                    new()
                    {
                        Hash = hash,
                        OrganizationId = who.OrganizationId,
                        ApiKeyId = made.Id,
                    }
                );
                db.Happened(who, "apiKey.created", "apiKey", made.Id);
                var names = await Members.PropertyNames(db, who, cancel);
                var row = ApiKeyRow.Of(made, names);
                return new Saved<ApiKeyRow>(row with { Key = key }, made.CreatedAt, $"/api-keys/{made.Id}") { Keep = row };
            },
            cancel
        );
    }

    private static DateTime? ReadDay(ValidationErrors errors, string? day, Organization organization, BellhopDb db)
    {
        if (day is null)
        {
            return null;
        }

        if (errors.Day("expires", day) is not { } last)
        {
            return null;
        }

        var ends = last.AddDays(1).StartIn(Clock.Zone(organization.TimeZone) ?? TimeZoneInfo.Utc);
        if (ends <= db.Now)
        {
            errors.Add("expires", ErrorText.Of<TeamTexts>("ExpiresPast"));
        }

        return ends;
    }
}

using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// An owner says whether every member must sign in with a second factor. Members without one may do nothing until they have set one up.
/// </summary>
public static class RequireSecondFactor
{
    /// <param name="Required">Whether the organisation asks for a second factor.</param>
    public sealed record Input(bool Required);

    /// <exception cref="Refusal">403 for anybody but an owner; 409 <c>second-factor-off</c> for an owner who has none.</exception>
    public static async Task<SecondFactorRow> Run(Input input, Actor who, BellhopDb db, ActorSource actors, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        await Members.DemandOwner(db, who, cancel);
        await db.Save(
            async () =>
            {
                await Members.DemandOwner(db, who, cancel);

                // Otherwise the owner would be the first to be kept out.
                if (input.Required && !await SecondFactors.Has(who.Id, db, cancel))
                {
                    throw Refusal.Conflict("second-factor-off", ErrorText.Of<TeamTexts>("SecondFactorFirst"));
                }

                var organization = await db.Organizations.SingleAsync(o => o.Id == who.OrganizationId, cancel);
                if (organization.RequiresSecondFactor != input.Required)
                {
                    organization.RequiresSecondFactor = input.Required;
                    db.Happened(who, "organization.updated", "organization", null, "requiresSecondFactor");
                }
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
        actors.Forget();
        return await SeeSecondFactor.Run(who, db, cancel);
    }
}

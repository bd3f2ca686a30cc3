using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>The operator makes a link to a new password, for whoever cannot get one by mail.</summary>
public static class ResetPassword
{
    /// <returns>The secret of the link, which is stored nowhere.</returns>
    /// <exception cref="OperatorProblem">No account with this address is on a team.</exception>
    public static async Task<string> Run(string email, Actor who, BellhopDb db, ILookupNormalizer names, CancellationToken cancel)
    {
        who.DemandSystem();
        var key = names.NormalizeEmail(Email.Parse(email).Address);
        var found = await db
            .Users.AsNoTracking()
            .Where(u => u.NormalizedEmail == key)
            .Join(db.Memberships, u => u.Id, m => m.UserId, (u, m) => new { Account = u, m.OrganizationId })
            .OrderBy(x => x.OrganizationId)
            .FirstOrDefaultAsync(cancel);
        return found is null
            ? throw new OperatorProblem("Nobody on a team signs in with this address.")
            : await MakeRecoveryLink.Run(found.Account, Actor.System(found.OrganizationId), db, cancel);
    }
}

using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Features.Setup;

/// <summary>Adds an organisation to a hosted install. Its owner gets a new account, or has one already.</summary>
public static class CreateOrganization
{
    /// <summary>Only for the operator of Bellhop. No role in an organisation allows it.</summary>
    /// <exception cref="Refusal">409 when the name is taken, or the address has an account with another password.</exception>
    public static async Task<Organization> Run(
        Founding input,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        CancellationToken cancel
    )
    {
        who.DemandSystem();
        var rows = input.Read(passwords, names, db.Now);
        return await db.Save(() => input.Write(rows, null, who, passwords, db, cancel), cancel);
    }
}

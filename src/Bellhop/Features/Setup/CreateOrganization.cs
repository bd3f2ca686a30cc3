using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Features.Setup;

/// <summary>A further organisation on a hosted install, with an owner of its own or one who has an account already.</summary>
public static class CreateOrganization
{
    /// <summary>For whoever runs Bellhop: no role in any organisation reaches this.</summary>
    /// <exception cref="Refusal">409 where the name is taken, or the address has an account with another password.</exception>
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

using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Setup;

/// <summary>The very first organisation, by whoever starts Bellhop. Closed for ever once it is there.</summary>
public static class SetUp
{
    // The first organisation has this number, so that of two made at once one meets the other's key.
    private const int First = 1;

    /// <summary>Open to nobody in particular: <paramref name="who"/> only says from where.</summary>
    /// <exception cref="Refusal">409 once an organisation exists; 400 listing every field at fault.</exception>
    public static async Task<Organization> Run(
        Founding input,
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        SetupGate gate,
        CancellationToken cancel
    )
    {
        await DemandOpen(db, cancel);
        var rows = input.Read(passwords, names, db.Now);
        var made = await db.Save(
            async () =>
            {
                await DemandOpen(db, cancel);
                return await input.Write(rows, First, who, passwords, db, cancel);
            },
            cancel
        );
        gate.Close();
        return made;
    }

    internal static async Task<bool> IsOpen(BellhopDb db, CancellationToken cancel) =>
        !await db.Organizations.AnyAsync(cancel) && !await db.Memberships.AnyAsync(cancel);

    private static async Task DemandOpen(BellhopDb db, CancellationToken cancel)
    {
        if (!await IsOpen(db, cancel))
        {
            throw Refusal.Conflict("already-set-up", ErrorText.Of<SetupTexts>("Closed"));
        }
    }
}

using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Setup;

/// <summary>
/// Makes the first organisation, when Bellhop starts for the first time. It is closed for ever once an organisation exists.
/// </summary>
public static class SetUp
{
    // The first organisation always has this id, so that of two made at the same time, one fails on the other's key.
    private const int First = 1;

    /// <summary>Anybody may call it; <paramref name="who"/> is used only for the network address.</summary>
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

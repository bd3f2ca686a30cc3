using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>The pages that a person may choose to see first.</summary>
public static class LandingPages
{
    private static readonly (string Name, Permission Needs)[] Pages =
    [
        ("today", Permission.BookingsView),
        ("contacts", Permission.ContactsView),
        ("bookings", Permission.BookingsView),
        ("reviews", Permission.BookingsView),
        ("reports", Permission.ReportsView),
    ];

    /// <summary>The pages as the API names them; each is the first part of its address.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Pages.Select(p => p.Name)];

    /// <summary>The path of the actor's first page: the chosen one if they may see it, else the first that they may see.</summary>
    public static async Task<string> Of(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var chosen =
            who.Kind == ActorKind.User
                ? await db.Users.Where(u => u.Id == who.Id).Select(u => u.Landing).SingleOrDefaultAsync(cancel)
                : null;
        var seen = Pages.Where(p => who.Can(p.Needs)).Select(p => p.Name).ToList();
        return "/" + (chosen is not null && seen.Contains(chosen, StringComparer.Ordinal) ? chosen : seen.FirstOrDefault() ?? "contacts");
    }
}

using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>The members of the team by name, for everybody who may mention them. It says nothing of their rights.</summary>
public static class TeamNames
{
    /// <param name="Id">The user's id.</param>
    /// <param name="Name">The display name; the e-mail of a person without one.</param>
    public sealed record Row(Guid Id, string Name);

    /// <summary>The members who can sign in and work at one of the actor's properties, by name.</summary>
    internal static async Task<IReadOnlyList<Row>> Of(Actor who, BellhopDb db, CancellationToken cancel) =>
        [
            .. (await Members.Visible(db, who, cancel))
                .Where(p => p.Place.DisabledAt is null)
                .Select(p => new Row(p.Account.Id, NameOf(p.Account)))
                .OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)
                .ThenBy(r => r.Id),
        ];

    internal static string NameOf(User account) => account.DisplayName ?? account.Email ?? account.Id.ToString();
}

/// <summary>The members of the team to whom a conversation can be given.</summary>
public static class ListTeamNames
{
    /// <exception cref="Refusal">403 without conversations.view; 400.</exception>
    public static async Task<Page<TeamNames.Row>> Run(PageQuery page, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsView);
        return page.Of(await TeamNames.Of(who, db, cancel), "team/names", r => $"{Fold.Key(r.Name)} {r.Id:N}", who, cursors);
    }
}

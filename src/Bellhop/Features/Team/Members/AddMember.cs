using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>No longer possible: people are invited and choose their own passwords.</summary>
public static class AddMember
{
    /// <exception cref="Refusal">410 for an actor who manages the team; use <see cref="InviteMember"/>.</exception>
    public static Task Run(Actor who)
    {
        who.Demand(Permission.TeamManage);
        throw Refusal.Of(410, "gone", ErrorText.Of<TeamTexts>("InviteInstead"));
    }
}

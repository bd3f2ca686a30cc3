using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>People are invited and choose their own passwords: nobody is put on the team any more.</summary>
public static class AddMember
{
    /// <exception cref="Refusal">410 for whoever manages the team: <see cref="InviteMember"/> is the way now.</exception>
    public static Task Run(Actor who)
    {
        who.Demand(Permission.TeamManage);
        throw Refusal.Of(410, "gone", ErrorText.Of<TeamTexts>("InviteInstead"));
    }
}

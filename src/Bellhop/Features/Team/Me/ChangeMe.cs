using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>A person changes their own name, language or first page.</summary>
public static class ChangeMe
{
    /// <param name="Name">1 to 200 characters.</param>
    /// <param name="Language">A name of <see cref="Languages.Offered"/>; null for what the browser asks for.</param>
    /// <param name="Landing">A name of <see cref="LandingPages.All"/>; null for the usual page.</param>
    public sealed record Input(Optional<string> Name = default, Optional<string> Language = default, Optional<string> Landing = default);

    /// <exception cref="Refusal">403 for a key; 412 where <paramref name="match"/> names another version; 400 listing every field at
    /// fault.</exception>
    public static async Task<Saved<MyRow>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        IfMatch match,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        var saved = await db.Save(
            async () =>
            {
                var account = await db.Users.SingleAsync(u => u.Id == who.Id, cancel);
                match.Demand(account.ChosenAt);
                var errors = new ValidationErrors();
                var name = input.Name.IsGiven ? errors.Text("name", input.Name.Value, MyRow.NameMax, required: true) : account.DisplayName;
                var language = input.Language.Or(account.Language);
                if (language is not null && !Languages.Offered.Contains(language, StringComparer.Ordinal))
                {
                    errors.Add("language", "OneOf", string.Join(", ", Languages.Offered));
                }

                var landing = input.Landing.Or(account.Landing);
                if (landing is not null && !LandingPages.All.Contains(landing, StringComparer.Ordinal))
                {
                    errors.Add("landing", "OneOf", string.Join(", ", LandingPages.All));
                }

                errors.Refuse();
                string[] changed =
                [
                    .. name == account.DisplayName ? Array.Empty<string>() : ["name"],
                    .. language == account.Language ? Array.Empty<string>() : ["language"],
                    .. landing == account.Landing ? Array.Empty<string>() : ["landing"],
                ];
                if (changed.Length > 0)
                {
                    (account.DisplayName, account.Language, account.Landing) = (name, language, landing);
                    account.ChosenAt = db.Now.After(account.ChosenAt);
                    db.Happened(who, "member.updated", "member", who.Id, changed);
                }

                return new Saved<MyRow>(MyRow.Of(account), account.ChosenAt);
            },
            cancel
        );

        // The name is part of the actor, which is kept for some seconds.
        actors.Forget();
        return saved;
    }
}

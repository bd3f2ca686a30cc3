using Bellhop.Data;
using Microsoft.Extensions.Localization;

namespace Bellhop.Platform.Web;

/// <summary>What pages and the API both do with a refusal: show it, and record it in the audit log.</summary>
public static class Refusals
{
    /// <summary>
    /// Writes one audit row for a known actor's 403 or 404; other refusals leave none. It makes its own save, so the given context must
    /// have no other work left. If a caller is refused too often, further refusals are only counted.
    /// </summary>
    public static async Task Record(BellhopDb db, RefusalCount count, Actor who, Refusal refusal, CancellationToken cancel)
    {
        if (who.IsKnown && refusal.Status is (403 or 404) && count.Take(who))
        {
            await db.Save(
                () =>
                {
                    db.Happened(who, "access.refused", refusal.About.Kind, refusal.About.Id);
                    return Task.CompletedTask;
                },
                cancel
            );
        }
    }

    /// <summary>An error in the viewer's language.</summary>
    public static string Say(ErrorText error, IStringLocalizerFactory texts) => texts.Create(error.Texts)[error.Key, error.Args];
}

using Bellhop.Data;
using Microsoft.Extensions.Localization;

namespace Bellhop.Platform.Web;

/// <summary>What pages and the API do with a refusal alike: say it, and keep it in the audit log.</summary>
public static class Refusals
{
    /// <summary>
    /// Writes the one audit row of a refused right (403) or an unseen id (404) of somebody known; of any other refusal nothing. A save of
    /// its own: give a context that the refused work is done with. Of a caller who is refused all the time, rows are bounded and the rest
    /// is counted.
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

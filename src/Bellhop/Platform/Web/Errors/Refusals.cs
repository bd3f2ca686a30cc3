using Bellhop.Data;
using Microsoft.Extensions.Localization;

namespace Bellhop.Platform.Web;

/// <summary>What pages and the API do with a refusal alike: say it, and keep it in the audit log.</summary>
public static class Refusals
{
    /// <summary>
    /// Writes the one audit row of a refused right (403) or an unseen id (404) of somebody known; of any other refusal nothing. A save of
    /// its own: give a
    /// context that the refused work is done with.
    /// </summary>
    public static async Task Record(BellhopDb db, Actor who, Refusal refusal, CancellationToken cancel)
    {
        if (who.IsKnown && refusal.Status is (403 or 404))
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

    /// <summary>A fault in the viewer's language.</summary>
    public static string Say(ErrorText error, IStringLocalizerFactory texts) => texts.Create(error.Texts)[error.Key, error.Args];
}

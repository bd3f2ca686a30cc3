using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Duplicates;

/// <summary>Says in words what came of merging or splitting several pairs.</summary>
internal static class PairWords
{
    private static readonly string[] Reasons =
    [
        PairRun.Gone,
        PairRun.Already,
        PairRun.ToldApart,
        PairRun.LessAlike,
        PairRun.Changed,
        PairRun.Elsewhere,
        PairRun.Undecided,
        PairRun.Further,
    ];

    /// <summary>How many were done, and how many were left alone, each reason by itself.</summary>
    public static string Of(JobRow job, IStringLocalizer<DuplicateTexts> texts)
    {
        var isSplit = job.Kind == SplitPairs.Kind;
        var done = texts.Many(isSplit ? "Together.Split.Done" : "Together.Done", job.Number(isSplit ? PairRun.Split : PairRun.Merged));
        var left = Reasons.Select(r => (Why: r, Many: job.Number(r))).Where(r => r.Many > 0).ToList();
        var told = left.ConvertAll(r => texts.Many("Left." + r.Why, r.Many));
        if (job.State == "parked")
        {
            told.Add(texts[job.Error == Job.NoLongerAllowed ? "Together.Parked.Rights" : "Together.Parked"]);
        }

        return string.Join(' ', told.Prepend(done));
    }
}

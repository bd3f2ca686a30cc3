using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Benchmarks.Duplicates;

/// <summary>
/// <c>duplicates [--cases DIR]</c>: how well likely duplicates are found in files of which the truth is known. Without the option the files
/// are those in the folder <c>f_linkage</c> of <c>BELLHOP_CASES</c>.
/// </summary>
internal static class DuplicatesCommand
{
    public static async Task<int> Run(string[] args)
    {
        var cases = Environment.GetEnvironmentVariable("BELLHOP_CASES");
        var folder = new Options(args)["--cases"] ?? (cases is null ? null : Path.Combine(cases, "f_linkage"));
        if (folder is null || !Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync("duplicates: name the folder of the files by --cases, or set BELLHOP_CASES.");
            return 2;
        }

        await Console.Out.WriteLineAsync(
            """
            # Likely duplicates

            Files of records of which the truth is known. The weights are learned on each file by EM, without the truth; nothing is set
            for a file but what its headings say. *Automatic*: one proven identity and nothing against it. *Shown*: pairs at least as
            probable as not. *Grouped*: the pairs inside groups whose records agree on average. *R at P 0.95*: recall of the likeliest
            pairs while at least 95 of 100 are true. *Candidates*: pairs that are compared at all, and how many of the true ones are
            among them. *Floor*: F1 of the best exact rule, where a file `expected.json` beside the files names it. *Ms*: to read,
            block, learn and score.
            """
        );
        await Console.Out.WriteLineAsync(
            """

            | file | records | candidates | automatic P / R | shown P / R / F1 | grouped P / R / F1 | R at P 0.95 | floor | ms | MB |
            |---|---|---|---|---|---|---|---|---|---|
            """
        );
        foreach (var path in Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            var watch = Stopwatch.StartNew();
            if (LinkageFile.Read(path) is { } file)
            {
                await Console.Out.WriteLineAsync(Line(file, Floor(folder, file.Name), watch));
            }
        }

        await Towns();
        return 0;
    }

    private static async Task Towns()
    {
        await Console.Out.WriteLineAsync(
            """

            ## Common names

            20,000 guests of 46 first and 48 last names, so that each name is that of nine guests; 70 of 100 have an address made of it, all
            addresses differ. Where nobody is there twice, each pair that is shown is wrong.

            | addresses | records | candidates | shown | right, of the true ones |
            |---|---|---|---|---|
            """
        );
        foreach (var town in new[] { CommonTown.Numbered(20_000), CommonTown.Written(20_000, false), CommonTown.Written(20_000, true) })
        {
            var candidates = CandidatePairs.Of(CommonTown.Kinds, town.Guests);
            var model = LearnWeights.Run(CommonTown.Kinds, town.Guests, candidates);
            var shown = candidates.Where(p =>
                PairModel.Probability(model.Of(Evidence.Of(CommonTown.Kinds, town.Guests[p.One], town.Guests[p.Other]))) >= Weights.Shown
            );
            var score = LinkageScore.Of(shown, town.Truth);
            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {town.Name} | {town.Guests.Count:N0} | {candidates.Count:N0} | {score.Found:N0} | {score.Right}, {score.True} |"
                )
            );
        }
    }

    private static string Line(LinkageFile file, double? floor, Stopwatch watch)
    {
        var (read, truth) = (watch.ElapsedMilliseconds, file.Truth);
        var candidates = CandidatePairs.Of(file.Kinds, file.Guests);
        var block = watch.ElapsedMilliseconds;
        var model = LearnWeights.Run(file.Kinds, file.Guests, candidates);
        var learn = watch.ElapsedMilliseconds;
        var scored = candidates
            .Select(p =>
            {
                var (one, other) = (file.Guests[p.One], file.Guests[p.Other]);
                var evidence = Evidence.Of(file.Kinds, one, other);
                return (Pair: p, Weight: model.Of(evidence), Automatic: AutomaticRule.Allows(model, one, other, evidence));
            })
            .OrderByDescending(s => s.Weight)
            .ThenBy(s => s.Pair)
            .ToList();
        var score = watch.ElapsedMilliseconds;
        var shown = scored.Where(s => PairModel.Probability(s.Weight) >= Weights.Shown).Select(s => s.Pair).ToList();
        var automatic = LinkageScore.Of(scored.Where(s => s.Automatic).Select(s => s.Pair), truth);
        var groups = Groups.Of(scored.ConvertAll(s => (s.Pair, s.Weight)), file.Guests.Count);
        var grouped = LinkageScore.Of(Groups.Pairs(groups), truth);
        var best = LinkageScore.RecallAtPrecision95(scored.Select(s => s.Pair), truth);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {file.Name} | {file.Guests.Count:N0} | {candidates.Count:N0}, {LinkageScore.Of(candidates, truth).Recall:0.000} "
                + $"| {automatic.Precision:0.0000} / {automatic.Recall:0.000} | {Cells(LinkageScore.Of(shown, truth))} | {Cells(grouped)} "
                + $"| {best:0.0000} | {floor:0.0000} | {read}, {block - read}, {learn - block}, {score - learn} "
                + $"| {OwnMemory.Now() / 1e6:0} |"
        );
    }

    private static string Cells(LinkageScore score) =>
        string.Create(CultureInfo.InvariantCulture, $"{score.Precision:0.0000} / {score.Recall:0.0000} / {score.F1:0.0000}");

    private static double? Floor(string folder, string file)
    {
        var path = Path.Combine(folder, "expected.json");
        return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path))?[file]?["floor_rules"] is JsonObject rules
            ? rules.Max(r => (double?)r.Value?["f1"])
            : null;
    }
}

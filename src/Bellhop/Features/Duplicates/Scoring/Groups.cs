using System.Runtime.InteropServices;

namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Groups of records that are one guest each. One wrong pair must not join two guests, so two groups become one only where their records
/// agree on average (R. Sokal, C. Michener: A Statistical Method for Evaluating Systematic Relationships. Kansas 1958).
/// </summary>
internal static class Groups
{
    /// <summary>No pair counts for or against more than this, in bits: a certain pair must not outvote all others.</summary>
    private const double MostOfOne = 10;

    /// <param name="likeliestFirst">Compared pairs with their weights; those below 0 count against a group.</param>
    /// <param name="records">How many records there are.</param>
    /// <returns>For each record the group that it is in: the number of one of its records.</returns>
    public static int[] Of(IReadOnlyList<((int One, int Other) Pair, double Weight)> likeliestFirst, int records)
    {
        var weights = new Dictionary<(int, int), double>(likeliestFirst.Count);
        foreach (var ((one, other), weight) in likeliestFirst)
        {
            weights[one < other ? (one, other) : (other, one)] = Math.Clamp(weight, -MostOfOne, MostOfOne);
        }

        var groups = Enumerable.Range(0, records).ToArray();
        var members = groups.Select(g => new List<int> { g }).ToArray();

        // A pair that did not join its groups may do so when they have grown.
        for (var joined = true; joined; )
        {
            joined = false;
            foreach (var ((one, other), weight) in likeliestFirst)
            {
                if (weight < 0)
                {
                    break;
                }

                var (mine, theirs) = (groups[one], groups[other]);
                if (mine != theirs && Together(members[mine], members[theirs], weights) >= 0)
                {
                    foreach (var member in members[theirs])
                    {
                        groups[member] = mine;
                    }

                    members[mine].AddRange(members[theirs]);
                    members[theirs].Clear();
                    joined = true;
                }
            }
        }

        return groups;
    }

    /// <summary>The pairs inside the groups.</summary>
    public static IEnumerable<(int One, int Other)> Pairs(IReadOnlyList<int> groups) =>
        groups
            .Select((group, record) => (group, record))
            .GroupBy(r => r.group, r => r.record)
            .Select(g => g.ToList())
            .SelectMany(g => g.SelectMany((one, i) => g.Skip(i + 1).Select(other => (one, other))));

    // Two that share no key were not compared: nothing speaks for them.
    private static double Together(List<int> some, List<int> others, Dictionary<(int, int), double> weights)
    {
        var sum = 0.0;
        foreach (var one in CollectionsMarshal.AsSpan(some))
        {
            foreach (var other in CollectionsMarshal.AsSpan(others))
            {
                sum += weights.GetValueOrDefault(one < other ? (one, other) : (other, one), -MostOfOne);
            }
        }

        return sum;
    }
}

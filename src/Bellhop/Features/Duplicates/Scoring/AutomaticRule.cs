namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Which pairs are one guest beyond doubt: both have one proven phone or address, and nothing speaks against it. Names alone never
/// suffice, for even an equal name and day of birth belongs to two people now and then. A name that is only alike speaks against the
/// pair, since families share phones and addresses: Mario and Maria, twins, a son who has one word more than his father. Where many of a
/// list do so (<see cref="Household"/>), one name and one phone are not enough either: a son may be named after his father.
/// </summary>
internal static class AutomaticRule
{
    /// <param name="model">What the fields are and what they weigh.</param>
    /// <param name="one">What is proven of the one guest.</param>
    /// <param name="other">What is proven of the other.</param>
    /// <param name="evidence">Their comparisons.</param>
    public static bool Allows(PairModel model, GuestRecord one, GuestRecord other, IReadOnlyList<Evidence> evidence)
    {
        var identities = evidence.Where(e => IsIdentity(model, e)).ToList();
        var rest = evidence.Where(e => !IsIdentity(model, e)).ToList();
        return identities.Exists(e => e.Level == Level.Same)
            && identities.TrueForAll(e => e.Level == Level.Same)
            && rest.TrueForAll(e => e.Level <= Level.Slip || model.Kinds[e.Field] != FieldKind.Date)
            && HaveOneName(model, one, other)
            && model.Sum(rest) >= 0
            && model.IsNoHousehold(evidence);
    }

    private static bool IsIdentity(PairModel model, Evidence evidence) => model.Kinds[evidence.Field].IsIdentity();

    /// <summary>Whether the names have the same words, in any order. A guest without a name may be anybody.</summary>
    private static bool HaveOneName(PairModel model, GuestRecord one, GuestRecord other)
    {
        for (var field = 0; field < model.Kinds.Count; field++)
        {
            var (mine, theirs) = (one[field], other[field]);
            if (
                model.Kinds[field] == FieldKind.Name
                && (mine.Count, theirs.Count) is (> 0, > 0)
                && !mine.ToHashSet(StringComparer.Ordinal).SetEquals(theirs)
            )
            {
                return false;
            }
        }

        return true;
    }
}

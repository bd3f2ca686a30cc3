namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Which pairs are one guest beyond doubt: both have one proven phone or address, and nothing speaks against it. Names alone never
/// suffice, for even an equal name and day of birth belongs to two people now and then.
/// </summary>
internal static class AutomaticRule
{
    /// <param name="model">What the fields are and what they weigh.</param>
    /// <param name="evidence">The comparisons of the pair; phones and addresses in it are the proven ones.</param>
    public static bool Allows(PairModel model, IReadOnlyList<Evidence> evidence)
    {
        var identities = evidence.Where(e => IsIdentity(model, e)).ToList();
        var rest = evidence.Where(e => !IsIdentity(model, e)).ToList();
        return identities.Exists(e => e.Level == Level.Same)
            && identities.TrueForAll(e => e.Level == Level.Same)
            && rest.TrueForAll(e => e.Level != Level.Different || model.Kinds[e.Field] != FieldKind.Date)
            && rest.TrueForAll(e => e.Level != Level.Different || model.Kinds[e.Field] != FieldKind.Name)
            && model.Sum(rest) >= 0;
    }

    private static bool IsIdentity(PairModel model, Evidence evidence) =>
        model.Kinds[evidence.Field] is FieldKind.Number or FieldKind.Email;
}

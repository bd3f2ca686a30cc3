namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// The other thing that two guests with one phone or address may be: two people of one household. They share the family's name, and often
/// the phone and the address; a first name or a day of birth they share only by chance, or because a child is named after a parent. So
/// pairs are of three kinds, as in Winkler 1993: one guest, two of one household, two who have nothing to do with each other.
/// </summary>
internal static class Household
{
    /// <summary>What speaks for one guest against two of one household, in bits; without how frequent the two are.</summary>
    /// <param name="model">The model that m and u are taken from.</param>
    /// <param name="evidence">All comparisons of the pair.</param>
    /// <param name="rareness">For each comparison what <see cref="PairModel.Rareness"/> says.</param>
    /// <returns>Infinity for a pair that shares neither phone nor address.</returns>
    public static double Against(PairModel model, ReadOnlySpan<Evidence> evidence, ReadOnlySpan<double> rareness)
    {
        if (!SharesIdentity(model.Kinds, evidence))
        {
            return double.PositiveInfinity;
        }

        var (sum, family) = (0.0, FamilyName(model.Kinds, evidence, rareness));
        for (var i = 0; i < evidence.Length; i++)
        {
            var one = evidence[i];
            var m = model.SameGuest[one.Field][(int)one.Level];
            sum += (model.Kinds[one.Field], one.Level) switch
            {
                (FieldKind.Name, Level.Different) when i == family => Math.Log2(m / (1 - Weights.SharedFamilyName)),
                (FieldKind.Name, _) when i == family => Math.Log2(m / Weights.SharedFamilyName),
                (FieldKind.Name, Level.Same) => Math.Log2(m / Math.Max(Weights.Namesake, Math.Pow(2, -rareness[i]))),
                (FieldKind.Number or FieldKind.Email, Level.Same) => Math.Log2(m / Weights.SharedIdentity),
                (FieldKind.Number or FieldKind.Email, Level.Different) => Math.Log2(m / (1 - Weights.SharedIdentity)),
                (FieldKind.Words, _) => Math.Min(0, one.Share * model.Of(one, rareness[i])), // they live in one place
                _ => one.Share * model.Of(one, rareness[i]),
            };
        }

        return sum;
    }

    private static bool SharesIdentity(IReadOnlyList<FieldKind> kinds, ReadOnlySpan<Evidence> evidence)
    {
        foreach (var one in evidence)
        {
            if (one.Level == Level.Same && kinds[one.Field].IsIdentity())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which comparison is that of the family's name: of several words the one that agrees most, then the rarest.</summary>
    /// <returns>-1 where fewer than two words were compared: one word may be a first name.</returns>
    private static int FamilyName(IReadOnlyList<FieldKind> kinds, ReadOnlySpan<Evidence> evidence, ReadOnlySpan<double> rareness)
    {
        var (words, family) = (0, -1);
        for (var i = 0; i < evidence.Length; i++)
        {
            if (kinds[evidence[i].Field] == FieldKind.Name)
            {
                words++;
                var isCloser = family < 0 || (evidence[i].Level, -rareness[i]).CompareTo((evidence[family].Level, -rareness[family])) < 0;
                family = isCloser ? i : family;
            }
        }

        return words > 1 ? family : -1;
    }
}

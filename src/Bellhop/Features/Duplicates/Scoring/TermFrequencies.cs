namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>How many guests have a value or word, so that sharing a rare one weighs more than sharing a common one.</summary>
internal sealed class TermFrequencies(IReadOnlyList<FieldKind> kinds)
{
    private readonly Dictionary<string, double>[] _guests = [.. kinds.Select(_ => new Dictionary<string, double>(StringComparer.Ordinal))];

    private double _all;

    /// <summary>Frequencies that are counted elsewhere: see <see cref="Set"/>.</summary>
    /// <param name="kinds">The kinds of the fields.</param>
    /// <param name="all">How many guests there are.</param>
    public TermFrequencies(IReadOnlyList<FieldKind> kinds, double all)
        : this(kinds) => _all = all;

    /// <summary>Says how many guests have a value.</summary>
    public void Set(int field, string value, double guests) => _guests[field][value] = guests;

    /// <summary>Counts a record.</summary>
    /// <param name="record">What is known of the guest.</param>
    /// <param name="share">1, or less when the guest is there more than once: a third for each of three records.</param>
    public void Add(GuestRecord record, double share)
    {
        _all += share;
        for (var field = 0; field < kinds.Count; field++)
        {
            foreach (var value in record[field])
            {
                _guests[field][value] = _guests[field].GetValueOrDefault(value) + share;
            }
        }
    }

    /// <summary>How probably another guest has this value too: the others who have it, and those not met yet.</summary>
    public double Of(int field, string value)
    {
        var others = Math.Max(0, _guests[field].GetValueOrDefault(value) - 1);
        return (others / Math.Max(1, _all)) + (1 / (_all + Weights.Rareness(kinds[field])));
    }
}

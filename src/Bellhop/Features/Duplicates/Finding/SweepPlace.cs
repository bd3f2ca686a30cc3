using System.Globalization;

namespace Bellhop.Features.Duplicates;

/// <summary>Where a sweep goes on.</summary>
internal abstract record SweepPlace
{
    /// <summary>Writes keys, from the first contact on.</summary>
    public static readonly SweepPlace Start = new Keys(Guid.Empty);

    /// <summary>Writes keys, after this contact.</summary>
    public sealed record Keys(Guid After) : SweepPlace;

    /// <summary>Learns the weights.</summary>
    public sealed record Learning : SweepPlace;

    /// <summary>Reads keys and compares, after this one; null from the first on.</summary>
    public sealed record Pairs(long? After) : SweepPlace;

    /// <summary>Compares listed pairs again, after this one.</summary>
    public sealed record Listed(Guid After) : SweepPlace;

    public string Write() =>
        this switch
        {
            Keys k => $"keys/{k.After}/{DuplicateKeys.Mark}",
            Learning => "learning/",
            Pairs p => string.Create(CultureInfo.InvariantCulture, $"pairs/{p.After}"),
            _ => $"listed/{((Listed)this).After}",
        };

    public static SweepPlace Read(string text) =>
        text.Split('/') switch
        {
            ["keys", var after, var mark] when mark == DuplicateKeys.Mark => new Keys(Guid.Parse(after)),
            ["keys", ..] => Start, // keys are made in another way since
            ["learning", _] => new Learning(),
            ["pairs", ""] => new Pairs(null),
            ["pairs", var after] => new Pairs(long.Parse(after, CultureInfo.InvariantCulture)),
            [_, var after] => new Listed(Guid.Parse(after)),
            _ => throw new FormatException("This is no place of a sweep."),
        };
}

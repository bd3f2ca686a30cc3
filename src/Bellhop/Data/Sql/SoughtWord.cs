namespace Bellhop.Data;

/// <summary>The texts that the holes of a search read.</summary>
internal interface ISoughtTexts
{
    /// <summary>Every spelling of every word to look for, in the order of the words.</summary>
    IReadOnlyList<string> Spellings { get; }
}

/// <summary>A word to look for in a search index. Its texts are values of the read, so that one SQL text serves many searches.</summary>
/// <param name="First">The place of its first spelling in <see cref="ISoughtTexts.Spellings"/>.</param>
/// <param name="Count">How many spellings it has. The word is found when any of these is found.</param>
/// <param name="Before">The word must stand before this character; null means anywhere.</param>
internal readonly record struct SoughtWord(int First, int Count, char? Before)
{
    private static readonly SqlHoles<ISoughtTexts> Texts = new((sought, at) => sought.Spellings[at]);

    /// <summary>Its first spelling.</summary>
    public Sql Text => Texts[First];

    /// <summary>Its spellings.</summary>
    public IEnumerable<Sql> Spellings => Places.Select(at => Texts[at]);

    /// <summary>The places of its spellings.</summary>
    public IEnumerable<int> Places => Enumerable.Range(First, Count);

    /// <summary>The spellings that a read gives for this word.</summary>
    public IEnumerable<string> Of(ISoughtTexts sought) => Places.Select(at => sought.Spellings[at]);
}

namespace Bellhop.Features.Properties;

/// <summary>How many properties a list covers: all of the organisation's, one, or several. It decides the SQL of the list.</summary>
internal readonly record struct PropertyScope
{
    private PropertyScope(int count) => Count = count;

    /// <summary>All properties of the organisation.</summary>
    public static PropertyScope All => default;

    /// <summary>One property.</summary>
    public static PropertyScope One { get; } = new(1);

    public bool IsAll => Count == 0;
    public bool IsOne => Count == 1;
    public bool IsSeveral => Count > 1;

    /// <summary>How many properties there are; 0 for all.</summary>
    public int Count { get; }

    /// <summary>Several properties.</summary>
    public static PropertyScope Several(int count) =>
        count > 1 ? new(count) : throw new ArgumentOutOfRangeException(nameof(count), count, "Several are two or more.");

    /// <summary>The scope of these properties; null for all.</summary>
    public static PropertyScope Of(IReadOnlyList<Guid>? properties) =>
        properties switch
        {
            null => All,
            [_] => One,
            { Count: var count } => Several(count),
        };

    /// <inheritdoc/>
    public override string ToString() =>
        IsAll ? nameof(All)
        : IsOne ? nameof(One)
        : $"{nameof(Several)} ({Count})";
}

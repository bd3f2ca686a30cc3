using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Conditions on the guest as a whole: the search text, and the guest's segment.</summary>
internal static class SearchField
{
    public static Parameter<string?> Text { get; } =
        new("q", f => f.Q, (f, v) => f with { Q = v }, ParameterKinds.Text(ContactFilter.SearchMax)) { OfApi = true, Place = 0 };

    /// <summary>The text to search in name, e-mail and phone. <see cref="ContactQuery"/> does the search.</summary>
    public static Condition Condition { get; } =
        new("search", Text)
        {
            Chip = (f, _) => f.Q!,
            Editor = new TextEditor("q", Text, ContactFilter.SearchMax, "Search.Hint"),
            Kind = "Text",
            KindPlace = 18,
        };

    public static Parameter<Guid?> SegmentId { get; } =
        new(
            "segmentId",
            f => f.SegmentId,
            (f, v) => f with { SegmentId = v },
            new(null, (read, name) => read.Id(name), v => [v!.Value.ToString("D")], _ => null)
        )
        {
            OfApi = true,
            Place = 4,
            Joins = false,
        };

    /// <summary>A saved filter that adds to the rest of the filter. <see cref="ContactScope"/> reads it.</summary>
    public static Condition Segment { get; } = new("segment", SegmentId) { Chip = (_, say) => say.Segment, Kind = null };
}

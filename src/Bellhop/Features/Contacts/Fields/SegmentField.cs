using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>A saved filter that guests belong to, beside the rest of the filter; <see cref="ContactScope"/> reads it.</summary>
internal static class SegmentField
{
    public static Parameter<Guid?> Id { get; } =
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

    public static Condition Condition { get; } = new("segment", Id) { Chip = (_, say) => say.Segment, Kind = null };
}

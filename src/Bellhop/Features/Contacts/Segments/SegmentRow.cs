using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>A segment as the API and its page show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As written.</param>
/// <param name="Shared">True: everybody who sees contacts sees it. False: only its owner sees it.</param>
/// <param name="Owner">Who saved it.</param>
/// <param name="Conditions">A group of which <c>all</c> or <c>any</c> members must hold, or conditions.</param>
/// <param name="Count">How many contacts that the viewer sees match now; null in a list.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record SegmentRow(
    Guid Id,
    string Name,
    bool Shared,
    SegmentOwner Owner,
    JsonNode Conditions,
    int? Count,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>The same conditions as objects.</summary>
    [JsonIgnore]
    public SegmentRule Rules { get; init; } = new RuleLeaf(ContactFilter.None);

    internal static SegmentRow Of(Segment segment, SegmentRule rules, int? count) =>
        new(segment.Id, segment.Name, segment.IsShared, new(segment.OwnerId), rules.ToJson(), count, segment.CreatedAt, segment.UpdatedAt)
        {
            Rules = rules,
        };

    internal static async Task<SegmentRow> Of(Segment segment, int? count, BellhopDb db, CancellationToken cancel) =>
        Of(segment, await StoredRules.Read(segment.Conditions, segment.OrganizationId, db, cancel), count);
}

/// <summary>The owner of a segment: the id of a user or key.</summary>
public sealed record SegmentOwner(Guid Id);

/// <summary>A segment in a list to choose from.</summary>
public sealed record SegmentName(Guid Id, string Name, bool Shared);

internal static class LiveSegment
{
    /// <summary>The shared segments and the actor's own.</summary>
    public static IQueryable<Segment> VisibleTo(this IQueryable<Segment> segments, Actor who) =>
        segments.Where(s => s.OrganizationId == who.OrganizationId && (s.ListedFor == Guid.Empty || s.ListedFor == who.Id));

    /// <summary>How many contacts that the actor sees match, counted like the list.</summary>
    public static async Task<int> Count(SegmentRule rules, Actor who, BellhopDb db, CancellationToken cancel) =>
        (await SummarizeContacts.Run(new ContactFilter { Rules = rules }, who, db, cancel)).TotalContacts;
}

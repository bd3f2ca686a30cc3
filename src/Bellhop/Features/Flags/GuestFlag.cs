using System.Text.Json.Serialization;

namespace Bellhop.Features.Flags;

/// <summary>Why a guest is flagged, the most urgent first.</summary>
public enum GuestFlagKind
{
    /// <summary>A note of this kind.</summary>
    Allergy,

    /// <summary>A note of this kind.</summary>
    Incident,

    /// <summary>Another note that is pinned.</summary>
    Pinned,

    /// <summary>A tag that says VIP.</summary>
    Tag,

    /// <summary>The guest did not come to an earlier booking.</summary>
    NoShow,

    /// <summary>The guest's latest review has few stars.</summary>
    PoorReview,

    /// <summary>The day is the guest's birthday.</summary>
    Birthday,
}

/// <summary>Something about a guest that staff must not miss.</summary>
/// <param name="Reason">Why the guest is flagged.</param>
/// <param name="Text">The note, the tag's name, the day of the last no-show or of birth (YYYY-MM-DD), or the stars with the
/// comment.</param>
public sealed record GuestFlag([property: JsonIgnore] GuestFlagKind Reason, string Text)
{
    /// <summary><c>allergy</c>, <c>incident</c>, <c>pinned</c>, <c>tag</c>, <c>noShow</c>, <c>poorReview</c> or <c>birthday</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Kind { get; } = NameOf(Reason);

    /// <summary>How many no-shows, or how many stars; 0 for the other kinds.</summary>
    [JsonIgnore]
    public int Number { get; init; }

    /// <summary>The kind as the API spells it.</summary>
    public static string NameOf(GuestFlagKind kind) => Names[(int)kind];

    private static readonly string[] Names = [.. Enum.GetNames<GuestFlagKind>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])];
}

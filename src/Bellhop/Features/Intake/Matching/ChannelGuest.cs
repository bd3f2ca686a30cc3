using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>An id by which a channel knows a guest.</summary>
/// <param name="Kind">The kind of id.</param>
/// <param name="Scope">Where the id is known: a connection, a page, an account. Empty for an id that is known everywhere.</param>
/// <param name="Id">The id.</param>
/// <param name="Label">The guest's user name on the channel.</param>
public readonly record struct ChannelId(IdentityKind Kind, string Scope, string Id, string? Label = null)
{
    // A key holds 254 characters, and no channel that we know writes ids that long.
    private const int LongestKey = 254;

    /// <summary>The key to match by.</summary>
    internal string Key => Scope.Length == 0 ? Id : $"{Scope}/{Id}";

    /// <summary>Whether the id fits into a key.</summary>
    internal bool Fits => Key.Length <= LongestKey;
}

/// <summary>A guest as a channel signs it: its own ids, the strongest first, and the phone that it proves.</summary>
/// <param name="Ids">One at least.</param>
/// <param name="Name">As the guest writes it there.</param>
/// <param name="PhoneAsGiven">The number as the channel writes it.</param>
public sealed record ChannelGuest(IReadOnlyList<ChannelId> Ids, string? Name, string? PhoneAsGiven = null)
{
    /// <summary>The keys by which the guest is known, the strongest first.</summary>
    internal IEnumerable<(IdentityKind Kind, string Key)> Keys =>
        Ids.Where(i => i.Fits)
            .Select(i => (i.Kind, i.Key))
            .Concat(Phone is { MatchKey: { } key } ? [(IdentityKind.Phone, key)] : Array.Empty<(IdentityKind, string)>());

    /// <summary>The parsed number; null where there is none, or it is none that can be called.</summary>
    internal Phone? Phone { get; } =
        PhoneAsGiven is { } given
        && Phone.Parse(given.StartsWith('+') ? given : "+" + given, null) is { Possible: true, IsDummy: false } read
            ? read
            : null;
}

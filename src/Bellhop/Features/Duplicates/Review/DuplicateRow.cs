using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Duplicates;

/// <summary>Two guests that may be one, as the API shows them.</summary>
/// <param name="Id">The pair's.</param>
/// <param name="Contacts">The two, the older first.</param>
/// <param name="Score">How probable it is that they are one guest: 0 to 1.</param>
/// <param name="Reasons">What speaks for it.</param>
/// <param name="FoundAt">Since when the pair is known, UTC.</param>
/// <param name="Dismissal">Who said that they are not the same person; null where nobody did.</param>
public sealed record DuplicateRow(
    Guid Id,
    IReadOnlyList<DuplicateRow.Guest> Contacts,
    double Score,
    IReadOnlyList<DuplicateReason> Reasons,
    DateTime FoundAt,
    DuplicateRow.Said? Dismissal
)
{
    /// <param name="Id">The contact's.</param>
    /// <param name="Birthday">As <c>yyyy-MM-dd</c>.</param>
    /// <param name="CreatedAt">The first touch, UTC.</param>
    public sealed record Guest(Guid Id, string? Name, string? Phone, string? Email, string? Country, string? Birthday, DateTime CreatedAt);

    /// <param name="At">When, UTC.</param>
    /// <param name="Who">The name at that time.</param>
    /// <param name="Reason">What they wrote about it.</param>
    public sealed record Said(DateTime At, string Who, string? Reason);

    /// <summary>The place in the list's order, for its cursor.</summary>
    internal string Place => FormattableString.Invariant($"{(int)Math.Round(Score * LikelyDuplicate.Certain)}/{Id}");

    /// <summary>The columns that <see cref="Read"/> reads; the pair is <c>d</c>, the two contacts are <c>o</c> and <c>n</c>.</summary>
    internal static Sql Columns { get; } =
        $"""
            d.id, d.score, d.reasons, d.found_at, d.dismissed_at, d.dismissed_by, d.dismiss_reason,
            o.id, o.name, o.phone, o.email, o.country, o.birthday, o.created_at,
            n.id, n.name, n.phone, n.email, n.country, n.birthday, n.created_at
            """;

    internal static DuplicateRow Read(SqlRow row)
    {
        var (id, score, reasons, foundAt) = (row.Id(), row.Number(), row.Text(), row.Instant());
        var (at, by, why) = (row.InstantOrNull(), row.TextOrNull(), row.TextOrNull());
        var (older, newer) = (ReadGuest(row), ReadGuest(row));
        return new(
            id,
            [older, newer],
            (double)score / LikelyDuplicate.Certain,
            DuplicateReason.Of(reasons, older, newer),
            foundAt,
            at is { } said ? new(said, by ?? "", why) : null
        );
    }

    internal static DuplicateRow Of(LikelyDuplicate pair, Contact older, Contact newer)
    {
        var (one, other) = (Of(older), Of(newer));
        return new(
            pair.Id,
            [one, other],
            (double)pair.Score / LikelyDuplicate.Certain,
            DuplicateReason.Of(pair.Reasons, one, other),
            pair.FoundAt,
            pair.DismissedAt is { } at ? new(at, pair.DismissedBy ?? "", pair.DismissReason) : null
        );
    }

    private static Guest Of(Contact c) => new(c.Id, c.Name, c.Phone, c.Email, c.Country, c.Birthday, c.CreatedAt);

    private static Guest ReadGuest(SqlRow row) =>
        new(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Instant());
}

/// <summary>One thing that speaks for two guests being one.</summary>
/// <param name="Kind"><c>samePhone</c>, <c>samePhoneOtherSpelling</c>, <c>claimedPhone</c>, <c>phoneAlike</c>, <c>sameEmail</c>,
/// <c>claimedEmail</c>, <c>emailAlike</c>, <c>sameName</c>, <c>nameAlike</c>, <c>sameBirthday</c>, <c>sameStay</c> or
/// <c>providerStatement</c>; others may come.</param>
/// <param name="Detail">The value that both show, or both values; null where none is shown.</param>
public sealed record DuplicateReason(string Kind, string? Detail)
{
    internal static IReadOnlyList<DuplicateReason> Of(string reasons, DuplicateRow.Guest one, DuplicateRow.Guest other) =>
        [.. reasons.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => One(r, one, other))];

    private static DuplicateReason One(string reason, DuplicateRow.Guest one, DuplicateRow.Guest other) =>
        reason switch
        {
            LikelyDuplicate.ChannelSaysSame => new("providerStatement", null),
            "same-phone" when one.Phone != other.Phone && SamePhone(one, other) => new(
                "samePhoneOtherSpelling",
                Both(one.Phone, other.Phone)
            ),
            "same-phone" or "claimed-phone" => new(Camel(reason), SamePhone(one, other) ? one.Phone : null),
            "same-email" or "claimed-email" => new(Camel(reason), one.Email == other.Email ? one.Email : null),
            PairEvidence.PhoneAlike => new(Camel(reason), Both(one.Phone, other.Phone)),
            PairEvidence.EmailAlike => new(Camel(reason), Both(one.Email, other.Email)),
            // One of them has further words: that they leave out a second name is likely, and yet it is not the same name.
            PairEvidence.SameName when !SameWords(one.Name, other.Name) => new(Camel(PairEvidence.NameAlike), Both(one.Name, other.Name)),
            PairEvidence.SameName or PairEvidence.NameAlike => new(Camel(reason), Both(one.Name, other.Name)),
            PairEvidence.SameBirthday => new(Camel(reason), one.Birthday == other.Birthday ? one.Birthday : null),
            _ => new(Camel(reason), null),
        };

    private static bool SamePhone(DuplicateRow.Guest one, DuplicateRow.Guest other) =>
        one.Phone is not null
        && (one.Phone == other.Phone || (PairEvidence.KeyOf(one.Phone) is { } key && key == PairEvidence.KeyOf(other.Phone)));

    private static bool SameWords(string? one, string? other) =>
        one is null || other is null || GuestRecord.WordsOf(one).SetEquals(GuestRecord.WordsOf(other));

    private static string? Both(string? one, string? other) =>
        one is null || other is null ? null
        : one == other ? one
        : $"{one} · {other}";

    private static string Camel(string reason) =>
        string.Concat(reason.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}

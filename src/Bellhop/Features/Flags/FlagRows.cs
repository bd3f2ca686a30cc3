using Bellhop.Data;

namespace Bellhop.Features.Flags;

/// <summary>
/// The rows that each kind of flag comes from. This is the only place with the rule: the flags that are shown and the guests who are found
/// by a flag both read these.
/// </summary>
/// <param name="organizationId">The organisation.</param>
/// <param name="properties">No-shows and reviews are only those at these properties; null for all.</param>
/// <param name="dialect">The database's own words.</param>
internal sealed class FlagRows(int organizationId, IReadOnlyList<Guid>? properties, SqlDialect dialect)
{
    /// <summary>A latest review with so many stars or fewer is a flag.</summary>
    public const int PoorStars = 2;

    private const string Vip = "vip";

    /// <summary>Notes <c>n</c> of every kind of flag, in the words of the filter of their index.</summary>
    public static Sql Noted => $"(n.pinned = true OR n.kind IN ('Allergy', 'Incident'))";

    /// <summary>Notes <c>n</c> of some kinds of flags.</summary>
    public (Sql Rows, Sql Guest) Notes(IReadOnlyList<GuestFlagKind> kinds)
    {
        var any = Sql.Join(
            " OR ",
            kinds.Select(
                Sql (k) =>
                    k switch
                    {
                        GuestFlagKind.Allergy => $"n.kind = 'Allergy'",
                        GuestFlagKind.Incident => $"n.kind = 'Incident'",
                        _ => $"n.kind NOT IN ('Allergy', 'Incident')",
                    }
            )
        );
        return ($" FROM notes n WHERE n.organization_id = {organizationId} AND {Noted} AND ({any})", $"n.contact_id");
    }

    /// <summary>The tags <c>g</c> of guests that are among these.</summary>
    public (Sql Rows, Sql Guest) Tags(IReadOnlyCollection<Guid> tags) =>
        ($" FROM contact_tags g WHERE g.organization_id = {organizationId} AND {dialect.Among($"g.tag_id", tags)}", $"g.contact_id");

    /// <summary>Bookings <c>b</c> that the guest did not come to.</summary>
    public (Sql Rows, Sql Guest) NoShows() =>
        (
            $" FROM bookings b WHERE b.organization_id = {organizationId}{Sql.AndIn($"b.property_id", properties)} AND b.status = 'NoShow'",
            $"b.contact_id"
        );

    /// <summary>Reviews <c>r</c> with few stars, after which the guest gave no other.</summary>
    public (Sql Rows, Sql Guest) PoorReviews() =>
        (
            $" FROM reviews r WHERE r.organization_id = {organizationId}{Sql.AndIn($"r.property_id", properties)} "
                + $"AND r.stars <= {PoorStars:fixed} AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.organization_id = {organizationId} "
                + $"AND l.contact_id = r.contact_id{Sql.AndIn($"l.property_id", properties)} AND (l.at, l.id) > (r.at, r.id))",
            $"r.contact_id"
        );

    /// <summary>A condition on the folded name of a tag that <see cref="IsVip"/> may be true for.</summary>
    public Sql MayBeVip(Sql nameKey) => dialect.Holds(nameKey, $"{Vip}");

    /// <summary>The ids of the tags that say VIP.</summary>
    public async Task<IReadOnlyList<Guid>> VipTags(BellhopDb db, CancellationToken cancel)
    {
        var tags = await db.Read(
            $"""
            SELECT t.id, t.name FROM tags t WHERE t.organization_id = {organizationId} AND t.deleted_at IS NULL
            AND {MayBeVip($"t.name_key")}
            """,
            row => (Id: row.Id(), Name: row.Text()),
            cancel
        );
        return [.. tags.Where(t => IsVip(t.Name)).Select(t => t.Id)];
    }

    /// <summary>True for "VIP", "vip guest" and "VIP-Gast", but not for "Vipava".</summary>
    public static bool IsVip(string tag)
    {
        var start = tag.IndexOf(Vip, StringComparison.OrdinalIgnoreCase);
        return start >= 0 && !IsLetter(start - 1) && !IsLetter(start + Vip.Length);

        bool IsLetter(int at) => at >= 0 && at < tag.Length && char.IsLetter(tag[at]);
    }
}

using Bellhop.Data;

namespace Bellhop.Features.Flags;

/// <summary>Guests who have any of some kinds of flags.</summary>
internal sealed class FlaggedGuests
{
    private readonly IReadOnlyList<(Sql Rows, Sql Guest)> _kinds;

    private FlaggedGuests(IReadOnlyList<(Sql Rows, Sql Guest)> kinds) => _kinds = kinds;

    /// <summary>The kinds that guests can be found by. A birthday is a flag on its day only.</summary>
    public static IReadOnlyList<GuestFlagKind> Kinds { get; } =
    [.. Enum.GetValues<GuestFlagKind>().Where(k => k != GuestFlagKind.Birthday)];

    /// <param name="kinds">The kinds, of <see cref="Kinds"/>.</param>
    /// <param name="organizationId">The organisation.</param>
    /// <param name="seen">The only properties that the actor sees; null for all.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancel">Stops the read.</param>
    public static async Task<FlaggedGuests> Of(
        IReadOnlyList<GuestFlagKind> kinds,
        int organizationId,
        IReadOnlyList<Guid>? seen,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var rows = new FlagRows(organizationId, seen, db.Dialect);
        var found = new List<(Sql Rows, Sql Guest)>();
        var notes = kinds.Where(k => k is GuestFlagKind.Allergy or GuestFlagKind.Incident or GuestFlagKind.Pinned).Distinct().ToList();
        if (notes.Count > 0)
        {
            found.Add(rows.Notes(notes));
        }

        if (kinds.Contains(GuestFlagKind.Tag))
        {
            found.Add(rows.Tags(await rows.VipTags(db, cancel)));
        }

        if (kinds.Contains(GuestFlagKind.NoShow))
        {
            var places =
                seen ?? await db.Read($"SELECT id FROM properties WHERE organization_id = {organizationId}", row => row.Id(), cancel);
            found.Add(new FlagRows(organizationId, places, db.Dialect).NoShows());
        }

        if (kinds.Contains(GuestFlagKind.PoorReview))
        {
            found.Add(rows.PoorReviews());
        }

        return new(found);
    }

    /// <summary>A condition on a guest's id: the guest has any of the flags.</summary>
    public Sql Has(Sql guest) => $"({Sql.Join(" OR ", _kinds.Select(k => Sql.Of($"EXISTS (SELECT 1{k.Rows} AND {k.Guest} = {guest})")))})";

    /// <summary>SELECT of the guests' ids, each once.</summary>
    public Sql Guests
    {
        get
        {
            var selects = _kinds.Select(k => Sql.Of($"SELECT {k.Guest} AS id{k.Rows} AND {k.Guest} IS NOT NULL"));
            return $"SELECT DISTINCT id FROM ({Sql.Join(" UNION ALL ", selects)}) flagged";
        }
    }
}

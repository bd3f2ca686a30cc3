using Bellhop.Data;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Counted bookings that stay between two days: with a night that begins on one of them, or without a night and on one of them.
/// </summary>
/// <param name="organizationId">The organisation.</param>
/// <param name="from">The first day; null for no beginning.</param>
/// <param name="to">The last day; null for no end.</param>
internal sealed class StaysBetween(int organizationId, DateOnly? from, DateOnly? to)
{
    // A longer stay is found by an index of its own; the migration that makes it names the same number.
    private const int UsualNights = 14;

    /// <summary>A condition on the guest's id: one of their bookings stays then, at one of the properties; null for any property.</summary>
    public Sql Of(Sql guest, IReadOnlyCollection<Guid>? properties) =>
        $"EXISTS (SELECT 1 FROM bookings b WHERE b.organization_id = {organizationId} AND b.contact_id = {guest}"
        + $"{Sql.AndIn($"b.property_id", properties)}{Counted}{Then})";

    /// <summary>SELECT of the ids of the guests who stay then at the properties, each once.</summary>
    public Sql Guests(SqlDialect dialect, IReadOnlyCollection<Guid> properties)
    {
        // By their days, of which there are few, and not by the guest, which all of them have.
        Sql there =
            $"SELECT b.contact_id AS id FROM bookings b WHERE b.organization_id = {organizationId}"
            + $"{Sql.AndIn($"b.property_id", properties)} AND {dialect.NotByIndex}b.contact_id IS NOT NULL{Counted}";
        if (from is not { } first)
        {
            return $"SELECT DISTINCT id FROM ({there}{Then}) stays";
        }

        if (to is null)
        {
            return $"SELECT DISTINCT id FROM ({there}{Then} AND b.departure >= {first}) stays";
        }

        var (usual, nights) = (first.AddDays(-UsualNights), dialect.Nights($"b.arrival", $"b.departure"));
        return $"""
            SELECT DISTINCT id FROM ({there}{Then} AND b.arrival >= {usual}
            UNION ALL {there}{Then} AND {dialect.NotByIndex}b.arrival < {usual} AND b.departure > {first}
                AND {nights} > {UsualNights:fixed}) stays
            """;
    }

    private static Sql Counted => $" AND b.status IN ('Confirmed', 'InHouse', 'Completed')";

    private Sql Then
    {
        get
        {
            var since = from is { } first ? $" AND (b.departure > {first} OR b.arrival >= {first})" : Sql.None;
            var until = to is { } last ? $" AND b.arrival <= {last}" : Sql.None;
            return $"{since}{until}";
        }
    }
}

using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Counts the bookings that a filter matches and the actor may see. The count stops at a limit, because nobody reads larger numbers.
/// </summary>
public static class CountBookings
{
    private const int Most = 10_000;
    private const int MostSearched = 1_000; // a common word is compared row by row

    /// <param name="Number">The count, at most the limit.</param>
    /// <param name="IsMore">Whether there are more than the limit.</param>
    public readonly record struct Row(int Number, bool IsMore);

    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter with a wrong value; 404 for a property that the actor does
    /// not see.</exception>
    public static async Task<Row> Run(BookingFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var asked = await BookingQuery.Of(filter, who, db, cancel);
        if (asked.IsNothing)
        {
            return default;
        }

        var most = filter.Q is null ? Most : MostSearched;
        var number = (int)await db.ReadFirst(BookingSql.Matches(asked, most + 1, db), row => row.Long(), cancel);
        return new(Math.Min(number, most), number > most);
    }
}

/// <summary>Finds the bookings that match a filter and were made since the last look. An open list shows their number.</summary>
public static class SeeNewBookings
{
    /// <summary>The number shown stops here.</summary>
    public const int Most = 100;

    // Milliseconds. The clocks of processes differ a little, and a booking with a smaller id may be committed later.
    private const long Slack = 60_000;

    /// <param name="Since">Pass this to the next call. It is a little before the newest booking.</param>
    /// <param name="Ids">The bookings made after <paramref name="Since"/>.</param>
    public sealed record Row(Guid Since, IReadOnlyList<Guid> Ids);

    /// <param name="since"><see cref="Row.Since"/> of an earlier call; null for the first call.</param>
    /// <exception cref="Refusal">As for <see cref="CountBookings.Run"/>.</exception>
    public static async Task<Row> Run(BookingFilter filter, Guid? since, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        var asked = await BookingQuery.Of(filter, who, db, cancel);
        var from = since ?? await Newest(who.OrganizationId, db, cancel);
        if (asked.IsNothing)
        {
            return new(from, []);
        }

        return new(from, await db.Read(BookingSql.Newer(asked, from, 10 * Most, db), row => row.Id(), cancel));
    }

    /// <summary>
    /// The smallest id of a time a little before the newest booking. An id begins with the millisecond in which it was made.
    /// </summary>
    private static async Task<Guid> Newest(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var newest = await db.ReadFirst(
            $"SELECT id FROM bookings WHERE organization_id = {organizationId} ORDER BY id DESC LIMIT 1",
            row => row.Id(),
            cancel
        );
        if (newest == Guid.Empty)
        {
            return newest;
        }

        Span<byte> bytes = stackalloc byte[16];
        newest.TryWriteBytes(bytes, bigEndian: true, out _);
        var at = Math.Max(0, (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16) - Slack);
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at << 16);
        return new(bytes, bigEndian: true);
    }
}

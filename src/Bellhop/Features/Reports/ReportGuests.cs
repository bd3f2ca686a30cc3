using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Reports;

/// <summary>
/// New and returning guests by month of arrival, and the average lifetime value at the end of each month. A stay is a guest's first when
/// none of the guest's counted bookings at the properties asked for arrives earlier.
/// </summary>
public static class ReportGuests
{
    /// <param name="From">The first day of arrival.</param>
    /// <param name="To">The last day of arrival.</param>
    /// <param name="Items">Every month of the range.</param>
    public sealed record Result(DateOnly From, DateOnly To, IReadOnlyList<Item> Items);

    /// <param name="Month">yyyy-MM.</param>
    /// <param name="New">Bookings that are a guest's first. This is also the number of new guests.</param>
    /// <param name="Returning">Bookings of guests with an earlier booking.</param>
    /// <param name="WithoutGuest">Bookings without a contact: of deleted or unknown guests. They are neither new nor returning.</param>
    /// <param name="Guests">Guests from the beginning up to the end of the month or of the range.</param>
    /// <param name="AverageLifetimeValue">Revenue of these guests' bookings up to then, divided by their number, in the organisation's
    /// currency.</param>
    public sealed record Item(string Month, int New, int Returning, int WithoutGuest, int Guests, Money AverageLifetimeValue);

    /// <exception cref="Refusal">403 without reports.view; 400 for a parameter with a wrong value; 404 for a property that the actor does
    /// not see.</exception>
    public static async Task<Result> Run(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ReportsView);
        var scope = await ReportScope.Of(query, who, db, cancel);
        return await Of(scope, await ReportDays.Read(scope, db, cancel), db, cancel);
    }

    internal static async Task<Result> Of(ReportScope scope, IReadOnlyList<ReportDays> days, BellhopDb db, CancellationToken cancel)
    {
        var firsts = await FirstStays.Read(scope, db, cancel);
        var spent = await ReportDays.Before(scope, db, cancel);
        var guests = firsts.Where(f => f.Day < scope.From).Sum(f => f.Guests);
        var (newly, stays) = (
            firsts.Where(f => f.Day >= scope.From).ToLookup(f => new DateOnly(f.Day.Year, f.Day.Month, 1), f => f.Guests),
            days.ToLookup(d => d.Month)
        );
        var items = new List<Item>();
        foreach (var month in scope.Months())
        {
            var (first, known, all) = (newly[month].Sum(), stays[month].Sum(d => d.GuestBookings), stays[month].Sum(d => d.Bookings));
            (guests, spent) = (guests + first, spent + stays[month].Sum(d => d.GuestRevenue(scope)));
            var average = guests == 0 ? 0 : (long)decimal.Round((decimal)spent / guests, MidpointRounding.AwayFromZero);
            items.Add(
                new(
                    month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    (int)first,
                    (int)(known - first),
                    (int)(all - known),
                    (int)guests,
                    new(average, scope.Currency)
                )
            );
        }

        return new(scope.From, scope.To, items);
    }
}

using System.Reflection;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>A page of the bookings that the actor may see, the latest arrival first.</summary>
public static class ListBookings
{
    /// <param name="Filter">The bookings to list.</param>
    /// <param name="Page">The page's size and its cursor.</param>
    public sealed record Query(BookingFilter Filter, PageQuery Page)
    {
        internal static string[] Parameters { get; } = [.. BookingFilter.Parameters, .. PageQuery.Names];

        /// <summary>Reads a request's parameters. The use case throws the errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var filter = BookingFilter.Read(http.Request.Query, errors) with { Wrong = errors };
            return ValueTask.FromResult<Query?>(
                new(filter, PageQuery.Read(http.Request.Query, errors, Parameters.Select(p => p.TrimEnd('*'))))
            );
        }
    }

    /// <summary>Only an actor with contacts.view can search for guests. Others find bookings by reference or external id only.</summary>
    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter with a wrong value; 404 for a property that the actor does
    /// not see.</exception>
    public static async Task<Page<BookingRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Filter.Wrong?.Refuse();
        query.Page.Refuse();
        var asked = await BookingQuery.Of(query.Filter, who, db, cancel);
        var binding =
            $"allBookings/{who.OrganizationId}/{(asked.Properties is null ? "all" : string.Join(',', asked.Properties))}/"
            + query.Filter.ToQuery();
        var after = BookingPosition.Read(query.Page.After(cursors, binding));
        if (asked.IsNothing)
        {
            return new([], null);
        }

        var rows = await db.Read(
            BookingSql.Page(asked, query.Page.Limit + 1, after, db),
            row => BookingReading.Row(row, who.OrganizationId),
            cancel
        );
        return query.Page.Page(rows, BookingPosition.Write, cursors, binding);
    }
}

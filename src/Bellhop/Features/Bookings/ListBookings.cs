using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Way = Bellhop.Features.Bookings.BookingSql.Way;

namespace Bellhop.Features.Bookings;

/// <summary>A page of the bookings one may see, the latest arrival first.</summary>
public static class ListBookings
{
    // After every text that begins so.
    private const string End = "\U0010FFFF";

    /// <param name="Filter">Which.</param>
    /// <param name="Page">How many, and after which.</param>
    public sealed record Query(BookingFilter Filter, PageQuery Page)
    {
        internal static string[] Parameters { get; } = [.. BookingFilter.Parameters, .. PageQuery.Names];

        /// <summary>Reads a request's parameters; what is wrong is refused by the use case, after its permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var faults = new Faults();
            var filter = BookingFilter.Read(http.Request.Query, faults) with { Wrong = faults };
            return ValueTask.FromResult<Query?>(new(filter, PageQuery.Read(http.Request.Query, faults, Parameters.Select(p => p.TrimEnd('*')))));
        }
    }

    /// <summary>The guest is searched for by whoever may see contacts; others find bookings by their numbers alone.</summary>
    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter that cannot be taken; 404 for a property not seen.</exception>
    public static async Task<Page<BookingRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Filter.Wrong?.Refuse();
        query.Page.Refuse();
        var properties = await Properties(query.Filter, who, db, cancel);
        var binding = $"allBookings/{who.OrganizationId}/{(properties is null ? "all" : string.Join(',', properties))}/{query.Filter.ToQuery()}";
        var after = query.Page.After(cursors, binding)?.Split('/');
        if (properties is { Count: 0 })
        {
            return new([], null);
        }

        var filter = query.Filter;
        var terms = who.Can(Permission.ContactsView) ? SearchTerms.Of(filter.Q) : [];
        var shape = new BookingSql.Shape(
            properties?.Count ?? -1, filter.Statuses?.Count ?? 0, filter.Sources?.Count ?? 0, filter.ArrivalFrom is not null, filter.ArrivalTo is not null, after is not null, terms.Count, filter.Q is not null);
        shape = shape with { Way = await Choose(filter, terms, who.OrganizationId, db, cancel) };
        await using var reading = await db.Read(BookingSql.Page(db, shape), cancel);
        var command = reading.Command.With("organization", who.OrganizationId).With("most", query.Page.Limit + 1);
        Name(command, BookingSql.PropertyNames, properties, db);
        Name(command, BookingSql.StatusNames, filter.Statuses, db);
        Name(command, BookingSql.SourceNames, filter.Sources, db);
        AddSearch(command, filter.Q, terms, shape.Way, db);
        if (filter.ArrivalFrom is { } from)
        {
            command.With("from", db.Stored(from));
        }

        if (after is [var arrival, var id])
        {
            command.With("arrival", db.Stored(DateOnly.ParseExact(arrival, "yyyy-MM-dd", CultureInfo.InvariantCulture))).With("id", db.Stored(Guid.Parse(id)));
        }
        else if (filter.ArrivalTo is { } to)
        {
            command.With("to", db.Stored(to));
        }

        var rows = await reading.ToList(row => BookingReading.Row(row, who.OrganizationId, db), cancel);
        return query.Page.Page(rows, r => string.Create(CultureInfo.InvariantCulture, $"{r.Arrival:yyyy-MM-dd}/{r.Id}"), cursors, binding);
    }

    /// <summary>The actor's own properties, or of these the ones asked for; null for all.</summary>
    private static async Task<IReadOnlyList<Guid>?> Properties(BookingFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (filter.PropertyIds is not { Count: > 0 } asked)
        {
            return who.Properties is { } limit ? [.. limit.Distinct().Order()] : null;
        }

        var known = await db.Properties.AsNoTracking().VisibleTo(who).Where(p => asked.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancel);
        foreach (var id in asked.Where(id => !known.Contains(id)))
        {
            throw Refusal.NotThere("property", id);
        }

        return [.. known.Order()];
    }

    /// <summary>Rare words are looked up, common ones met on the way; one letter has no index.</summary>
    private static async ValueTask<Way> Choose(BookingFilter filter, IReadOnlyList<string> terms, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (filter.Q is null || (terms.Count > 0 && (SearchTerms.Letters(terms[0]) < 2 || !await SearchSample.IsRare(terms, organizationId, db, cancel))))
        {
            return Way.Walk;
        }

        var way = terms.Count > 0 && SearchTerms.Letters(terms[0]) == 2 ? Way.Pairs : Way.Index;
        await using var counting = await db.Read(BookingSql.Count(db, terms.Count, way), cancel);
        counting.With("organization", organizationId);
        AddSearch(counting.Command, filter.Q, terms, way, db);
        await using var row = await counting.Command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && row.GetInt64(0) <= SearchSample.MostHits && row.GetInt64(1) <= SearchSample.MostHits && row.GetInt64(2) <= SearchSample.MostHits ? way : Way.Walk;
    }

    private static void AddSearch(DbCommand command, string? q, IReadOnlyList<string> terms, Way way, BellhopDb db)
    {
        if (q is null)
        {
            return;
        }

        // Of the alphabet of references alone, as both databases' lower() does it.
        var number = string.Concat(q.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
        command.With("number", number).With("number_end", number + End);
        for (var i = 0; i < terms.Count; i++)
        {
            if (way == Way.Walk)
            {
                command.With(BookingSql.TermNames[i], terms[i]);
            }
            else
            {
                command.With("hit" + i.ToString(CultureInfo.InvariantCulture), db.Hit(terms[i], way == Way.Pairs));
            }
        }
    }

    private static void Name<T>(DbCommand command, Numbered names, IReadOnlyList<T>? values, BellhopDb db)
    {
        for (var i = 0; i < values?.Count; i++)
        {
            command.With(names[i], db.Stored(values[i]));
        }
    }
}

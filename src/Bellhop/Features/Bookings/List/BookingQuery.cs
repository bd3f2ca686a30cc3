using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Plan = Bellhop.Features.Bookings.BookingSql.Plan;

namespace Bellhop.Features.Bookings;

/// <summary>A filter as somebody may ask it, with the way it is answered decided.</summary>
/// <param name="Properties">The only ones; null for all.</param>
/// <param name="Terms">Spellings of a guest searched for, by whoever may see guests.</param>
internal sealed record BookingQuery(
    BookingFilter Filter,
    int OrganizationId,
    IReadOnlyList<Guid>? Properties,
    IReadOnlyList<string> Terms,
    BookingSql.QueryShape Shape
)
{
    // After every text that begins so.
    private const string End = "\U0010FFFF";

    /// <summary>Whoever asks sees no property at all.</summary>
    public bool IsNothing => Properties is { Count: 0 };

    /// <exception cref="Refusal">400 for a parameter that cannot be taken; 404 for a property not seen.</exception>
    public static async Task<BookingQuery> Of(BookingFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        filter.Wrong?.Refuse();
        var properties = await VisibleProperties.Of(filter.PropertyIds, who, db, cancel);
        IReadOnlyList<string> terms = who.Can(Permission.ContactsView) ? SearchTerms.Of(filter.Q) : [];
        var shape = new BookingSql.QueryShape(
            properties?.Count ?? -1,
            filter.Statuses?.Count ?? 0,
            filter.Sources?.Count ?? 0,
            filter.ArrivalFrom is not null,
            filter.ArrivalTo is not null,
            false,
            terms.Count,
            filter.Q is not null
        );
        return new(
            filter,
            who.OrganizationId,
            properties,
            terms,
            shape with
            {
                Plan = properties is { Count: 0 } ? Plan.Walk : await Choose(filter, terms, who.OrganizationId, db, cancel),
            }
        );
    }

    /// <summary>Adds the filter's values, for any of <see cref="BookingSql"/>'s texts of this shape.</summary>
    public Statement Name(Statement reading, BellhopDb db, Plan? way = null)
    {
        reading
            .With("organization", OrganizationId)
            .With(BookingSql.PropertyNames, Properties, db)
            .With(BookingSql.StatusNames, Filter.Statuses, db)
            .With(BookingSql.SourceNames, Filter.Sources, db);
        AddSearch(reading, Filter.Q, Terms, way ?? Shape.Plan, db);
        if (Filter.ArrivalFrom is { } from)
        {
            reading.With("from", db.Stored(from));
        }

        return Filter.ArrivalTo is { } to ? reading.With("to", db.Stored(to)) : reading;
    }

    /// <summary>Rare words are looked up, common ones met on the way; one letter has no index.</summary>
    private static async ValueTask<Plan> Choose(
        BookingFilter filter,
        IReadOnlyList<string> terms,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (
            filter.Q is null
            || (terms.Count > 0 && (SearchTerms.Letters(terms[0]) < 2 || !await SearchSample.IsRare(terms, organizationId, db, cancel)))
        )
        {
            return Plan.Walk;
        }

        var way = terms.Count > 0 && SearchTerms.Letters(terms[0]) == 2 ? Plan.Pairs : Plan.Index;
        await using var counting = await db.Read(BookingSql.Count(db, terms.Count, way), cancel);
        counting.With("organization", organizationId);
        AddSearch(counting, filter.Q, terms, way, db);
        await using var row = await counting.Command.ExecuteReaderAsync(cancel);
        return
            await row.ReadAsync(cancel)
            && row.GetInt64(0) <= SearchSample.MostHits
            && row.GetInt64(1) <= SearchSample.MostHits
            && row.GetInt64(2) <= SearchSample.MostHits
            ? way
            : Plan.Walk;
    }

    private static void AddSearch(Statement command, string? q, IReadOnlyList<string> terms, Plan way, BellhopDb db)
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
            if (way == Plan.Walk)
            {
                command.With(BookingSql.TermNames[i], terms[i]);
            }
            else
            {
                command.With("hit" + i.ToString(CultureInfo.InvariantCulture), db.Hit(terms[i], way == Plan.Pairs));
            }
        }
    }
}

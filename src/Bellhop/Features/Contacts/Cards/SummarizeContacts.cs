using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The four cards over the list's filter. Without a filter, for all properties or one, they come from counters, whose cost does not grow
/// with the number of guests.
/// </summary>
public static class SummarizeContacts
{
    private const int LastMonth = 5;

    /// <exception cref="Refusal">403 without contacts.view; 400 for an invalid parameter; 404 for a property that the actor does not
    /// see.</exception>
    public static async Task<ContactSummary> Run(ContactFilter filter, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        return (await Count(filter, await Reporting.Of(who.OrganizationId, db, cancel), who, db, cancel)).Cards();
    }

    /// <summary>The cards and the figures under them, over the filter's properties. The other parts of the filter are ignored.</summary>
    /// <param name="house">The viewer's organisation and its properties.</param>
    /// <exception cref="Refusal">403 without contacts.view; 404 for a property that the actor does not see.</exception>
    public static async Task<(ContactSummary Cards, ContactExtras Extras)> Glance(
        ContactFilter filter,
        SeeOrganization.Row house,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        var counted = await Count(new(PropertyIds: filter.PropertyIds), new(house.Currency, house.TimeZone), who, db, cancel);
        var places = filter.PropertyIds is { Count: > 0 } asked ? [.. house.Places.Where(p => asked.Contains(p.Id))] : house.Places;
        var inHouse = await ContactsInHouse.Remember(who.OrganizationId, places, db, cancel);
        return (counted.Cards(), new(inHouse, Math.Max(0, (int)counted.Active - inHouse), (int)counted.NewLastMonth));
    }

    /// <summary>How many contacts match the whole filter.</summary>
    /// <exception cref="Refusal">403 without contacts.view; 404 for a property that the actor does not see.</exception>
    public static async Task<int> Matches(
        ContactFilter filter,
        SeeOrganization.Row house,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        return (int)(await Count(filter, new(house.Currency, house.TimeZone), who, db, cancel)).All;
    }

    private static async Task<Counted> Count(
        ContactFilter filter,
        Reporting organization,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        filter.Wrong?.Refuse();
        var scope = await ContactScope.Of(filter, who, db, cancel);
        if (scope.IsEmpty)
        {
            return new(organization.Currency);
        }

        var zone = Clock.Zone(organization.TimeZone)!;
        var month = db.Now.MonthIn(zone);
        return filter.Narrows || scope.Properties is { Count: > 1 }
            ? await Scan(filter, scope, organization, month, zone, db, cancel)
            : await ReadCounters(scope, organization, month, db, cancel);
    }

    private static async Task<Counted> ReadCounters(
        ContactScope scope,
        Reporting organization,
        DateOnly month,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var counted = new Counted(organization.Currency);
        foreach (var (measure, amount) in await db.Read(Counters(scope, month, db.Now), row => (row.Number(), row.Long()), cancel))
        {
            counted = measure switch
            {
                (int)Measure.Contacts => counted with { All = amount },
                (int)Measure.WithBookings => counted with { WithBookings = amount },
                (int)Measure.Spent => counted with { Spent = amount },
                (int)Measure.New => counted with { New = amount },
                (int)Measure.Active => counted with { Active = amount },
                LastMonth => counted with { NewLastMonth = amount },
                _ => counted,
            };
        }

        return counted;
    }

    /// <summary>Reads the counters of all properties or of one. Each row has a measure and its sum.</summary>
    internal static Sql Counters(ContactScope scope, DateOnly month, DateTime now)
    {
        var property = scope.Properties is { } one ? one[0] : Guid.Empty;
        Sql sum =
            $"CAST(coalesce(sum(amount), 0) AS bigint) FROM counters "
            + $"WHERE organization_id = {scope.OrganizationId} AND property_id = {property}";
        var (first, next, last) = (month.DayNumber, month.AddMonths(1).DayNumber, month.AddMonths(-1).DayNumber);
        return $"""
            SELECT measure, {sum} AND measure IN (0, 1, 2) GROUP BY measure
            UNION ALL SELECT 3, {sum} AND measure = 3 AND at >= {(long)first} AND at < {(long)next}
            UNION ALL SELECT 4, {sum} AND measure = 4 AND at > {new DateTimeOffset(now).ToUnixTimeMilliseconds()}
            UNION ALL SELECT {LastMonth:fixed}, {sum} AND measure = 3 AND at >= {(long)last} AND at < {(long)first}
            """;
    }

    private static async Task<Counted> Scan(
        ContactFilter filter,
        ContactScope scope,
        Reporting organization,
        DateOnly month,
        TimeZoneInfo zone,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var question = await ContactQuery.Of(filter, scope, db, cancel);
        var found = await question.CountPlan(scope, db, cancel);
        var at = new ContactSql.Instants(db.Now, month.StartIn(zone), month.AddMonths(1).StartIn(zone), month.AddMonths(-1).StartIn(zone));
        var counted = await db.ReadFirst(
            ContactSql.Count(db.Dialect, found, at).With(new GuestValues(scope, question)),
            row => new Counted(organization.Currency, row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long()),
            cancel
        );
        return counted!;
    }

    private sealed record Counted(
        string Currency,
        long All = 0,
        long Active = 0,
        long New = 0,
        long NewLastMonth = 0,
        long WithBookings = 0,
        long Spent = 0
    )
    {
        public ContactSummary Cards() => new((int)All, (int)Active, (int)New, Average(WithBookings), Average(All));

        private Money Average(long over) =>
            new(over == 0 ? 0 : (long)Math.Round((decimal)Spent / over, 0, MidpointRounding.AwayFromZero), Currency);
    }
}

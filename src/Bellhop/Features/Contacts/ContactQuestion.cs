using System.Data.Common;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Condition = Bellhop.Features.Contacts.ContactSql.Condition;

namespace Bellhop.Features.Contacts;

/// <summary>A filter ready to be asked: its conditions, and the values they name in the form the database compares.</summary>
internal sealed class ContactQuestion
{
    private readonly List<(string Name, object? Value)> _values = [];

    public Condition Conditions { get; private set; }

    /// <summary>Spellings of what is searched for, any of which will do.</summary>
    public IReadOnlyList<string> Terms { get; private init; } = [];

    public IReadOnlyList<Source> Sources { get; private init; } = [];

    /// <summary>Reads the organisation where amounts or days need it.</summary>
    /// <exception cref="Refusal">400 where an amount has more decimals than the organisation's currency.</exception>
    public static async ValueTask<ContactQuestion> Of(ContactFilter filter, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        if (!filter.Narrows)
        {
            return new();
        }

        var question = new ContactQuestion { Terms = SearchTerms.Of(filter.Q), Sources = filter.Sources ?? [] };
        question.Take(filter.Active == true ? Condition.Active : filter.Active == false ? Condition.NotActive : Condition.None, "now", filter.Active is null ? null : db.Now);
        question.Take(Condition.MinBookings, "min_bookings", filter.MinBookings);
        question.Take(Condition.MaxBookings, "max_bookings", filter.MaxBookings);
        question.Take(Condition.LastStayFrom, "last_from", filter.LastStayFrom);
        question.Take(Condition.LastStayTo, "last_to", filter.LastStayTo);
        question.Conditions |= filter.HasPhone switch { true => Condition.Phone, false => Condition.NoPhone, null => Condition.None };
        question.Conditions |= filter.HasEmail switch { true => Condition.Email, false => Condition.NoEmail, null => Condition.None };
        if (filter is { MinSpent: null, MaxSpent: null, CreatedFrom: null, CreatedTo: null })
        {
            return question;
        }

        var organization = await Reporting.Of(organizationId, db, cancel);
        var faults = new Faults();
        question.Take(Condition.MinSpent, "min_spent", Minor("minSpent", filter.MinSpent));
        question.Take(Condition.MaxSpent, "max_spent", Minor("maxSpent", filter.MaxSpent));
        faults.Refuse();
        var zone = Clock.Zone(organization.TimeZone)!;
        question.Take(Condition.CreatedFrom, "created_from", filter.CreatedFrom?.StartIn(zone));
        question.Take(Condition.CreatedTo, "created_to", filter.CreatedTo?.AddDays(1).StartIn(zone));
        return question;

        long? Minor(string field, decimal? amount)
        {
            var minor = amount * Currency.Factor(organization.Currency);
            if (minor is { } wanted && wanted != decimal.Truncate(wanted))
            {
                faults.Add(field, "Decimals", Currency.Decimals(organization.Currency), organization.Currency);
                return null;
            }

            return (long?)minor;
        }
    }

    /// <summary>How to find what is searched for over <paramref name="scope"/>: a rare word by the search index.</summary>
    public async ValueTask<ContactSql.Way> Way(ContactScope scope, BellhopDb db, CancellationToken cancel)
    {
        // The sum over several properties passes every guest anyway; one letter has no index.
        if (Terms.Count == 0 || scope.Properties is { Count: > 1 } || Letters(Terms[0]) < 2 || !await SearchSample.IsRare(Terms, scope.OrganizationId, db, cancel))
        {
            return ContactSql.Way.Walk;
        }

        return Letters(Terms[0]) == 2 ? ContactSql.Way.Pairs : ContactSql.Way.Index;

        static int Letters(string term) => term.EnumerateRunes().Take(3).Count();
    }

    /// <summary>Adds what the search index is asked for.</summary>
    public void AddHits(DbCommand command, ContactSql.Way way, BellhopDb db)
    {
        for (var i = 0; way != ContactSql.Way.Walk && i < Terms.Count; i++)
        {
            command.With(ContactSql.HitNames[i], db.Hit(Terms[i], way == ContactSql.Way.Pairs));
        }
    }

    /// <summary>Adds the values, in the names that <see cref="ContactSql"/> uses.</summary>
    public void Add(DbCommand command, BellhopDb db)
    {
        foreach (var (name, value) in _values)
        {
            command.With(name, db.Stored(value));
        }

        for (var i = 0; i < Sources.Count; i++)
        {
            command.With(ContactSql.SourceNames[i], db.Stored(Sources[i]));
        }

        for (var i = 0; i < Terms.Count; i++)
        {
            command.With(ContactSql.TermNames[i], Terms[i]);
        }
    }

    private void Take(Condition condition, string name, object? value)
    {
        if (value is not null)
        {
            Conditions |= condition;
            _values.Add((name, value));
        }
    }
}

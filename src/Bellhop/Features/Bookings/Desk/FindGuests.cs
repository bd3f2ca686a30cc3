using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Finds up to <see cref="Most"/> guests by a part of their name, phone or e-mail, without regard to accents, while staff type a booking.
/// Exact names come first, then the newest guests. A single letter finds nobody.
/// </summary>
public static class FindGuests
{
    public const int Most = 8;

    private static readonly ParameterNames PropertyNames = new("property"),
        TermNames = new("term");

    /// <param name="Phone">E.164.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email);

    /// <exception cref="Refusal">403 without bookings.manage or contacts.view.</exception>
    public static async Task<IReadOnlyList<Row>> Run(string? q, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        who.Demand(Permission.ContactsView);
        var terms = SearchTerms.Of(q is { Length: > BookingFilter.SearchMax } ? q[..BookingFilter.SearchMax] : q);
        if (!terms.HasIndex || who.Properties is { Count: 0 })
        {
            return [];
        }

        var named = await GuestsByName.Find(terms, Most, who, db, cancel);
        var others = await Others(terms, who, db, cancel);
        return [.. named.Select(g => new Row(g.Id, g.Name, g.Phone, g.Email)).Concat(others).DistinctBy(g => g.Id).Take(Most)];
    }

    private static async Task<IReadOnlyList<Row>> Others(SearchTerms terms, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var plan = await SearchPlanner.Choose(terms, "created_at", descending: true, who.OrganizationId, db, cancel);
        return await plan.Answer(p => Read(terms, p, who, db, cancel));
    }

    /// <summary>Null when the index finds more guests than are worth sorting.</summary>
    private static async Task<IReadOnlyList<Row>?> Read(
        SearchTerms terms,
        SearchPlan plan,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await using var reading = await db.Read(Text(terms.Shape, plan, who.Properties?.Count ?? -1, db), cancel);
        reading.With("organization", who.OrganizationId).With(TermNames, terms.Spellings, db).With(PropertyNames, who.Properties, db);
        foreach (var (name, value) in plan.Word is { } asked ? SearchSql.HitValues(db, terms, asked) : [])
        {
            reading.With(name, value);
        }

        var rows = new List<Row>();
        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (row.GetInt64(4) > plan.Most)
            {
                return null;
            }

            rows.Add(new(db.ReadId(row, 0), row.ReadText(1), row.ReadText(2), row.ReadText(3)));
        }

        return rows;
    }

    private static string Text(string shape, SearchPlan plan, int properties, BellhopDb db)
    {
        const string Columns = "organization_id, id, name, phone, email, created_at, search";
        var sql = new StringBuilder(
            plan.Word is { } word ? $"WITH hits AS MATERIALIZED ({SearchSql.Hits(db, shape, word, plan.Most + 1, Columns)}) " : ""
        )
            .Append("SELECT c.id, c.name, c.phone, c.email, ")
            .Append(
                plan.Word is null ? "CAST(0 AS bigint) FROM contacts c"
                : db.HitsAreRows ? "(SELECT count(*) FROM hits) FROM hits c"
                : "(SELECT count(*) FROM hits) FROM hits h"
                    + db.JoinAfter
                    + "contacts c ON c.organization_id = @organization AND c.id = h.id"
            )
            .Append(" WHERE c.organization_id = @organization");
        SearchSql.Where(sql, db, shape, TermNames);
        if (properties > 0)
        {
            sql.Append(
                    " AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = @organization AND a.contact_id = c.id "
                        + "AND a.property_id IN ("
                )
                .Append(PropertyNames.List(properties))
                .Append("))");
        }

        return sql.Append(" ORDER BY c.created_at DESC, c.id DESC LIMIT ").Append(Most).ToString();
    }
}

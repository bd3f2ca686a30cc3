using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Guests by a part of their name, phone or e-mail, whatever its accents: for whoever types a booking. The newest first, a handful.
/// </summary>
public static class FindGuests
{
    public const int Most = 8;

    // One letter says nothing yet, and has no index.
    private const int LeastLetters = 2;

    private static readonly ParameterNames PropertyNames = new("property"),
        TermNames = new("term"),
        HitNames = new("hit");

    /// <param name="Phone">E.164.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email);

    /// <exception cref="Refusal">403 without bookings.manage or contacts.view.</exception>
    public static async Task<IReadOnlyList<Row>> Run(string? q, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        who.Demand(Permission.ContactsView);
        var terms = SearchTerms.Of(q is { Length: > BookingFilter.SearchMax } ? q[..BookingFilter.SearchMax] : q);
        if (terms.Count == 0 || SearchTerms.Letters(terms[0]) < LeastLetters || who.Properties is { Count: 0 })
        {
            return [];
        }

        if (!await SearchSample.IsRare(terms, who.OrganizationId, db, cancel))
        {
            return (await Read(terms, byIndex: false, who, db, cancel))!;
        }

        return await Read(terms, byIndex: true, who, db, cancel) ?? (await Read(terms, byIndex: false, who, db, cancel))!;
    }

    /// <summary>Null where the index finds more than is worth sorting.</summary>
    private static async Task<IReadOnlyList<Row>?> Read(
        IReadOnlyList<string> terms,
        bool byIndex,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var isShort = SearchTerms.Letters(terms[0]) == LeastLetters;
        await using var reading = await db.Read(Text(terms.Count, byIndex, isShort, who.Properties?.Count ?? -1, db), cancel);
        reading.With("organization", who.OrganizationId);
        for (var i = 0; i < terms.Count; i++)
        {
            reading.With(TermNames[i], terms[i]);
            if (byIndex)
            {
                reading.With(HitNames[i], db.Hit(terms[i], isShort));
            }
        }

        reading.With(PropertyNames, who.Properties, db);
        var rows = new List<Row>();
        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (row.GetInt64(4) > SearchSample.MostHits)
            {
                return null;
            }

            rows.Add(new(db.ReadId(row, 0), row.ReadText(1), row.ReadText(2), row.ReadText(3)));
        }

        return rows;
    }

    private static string Text(int terms, bool byIndex, bool isShort, int properties, BellhopDb db)
    {
        var sql = new StringBuilder(byIndex ? $"WITH hits AS MATERIALIZED ({db.Hits(terms, isShort, SearchSample.MostHits + 1)}) " : "")
            .Append("SELECT c.id, c.name, c.phone, c.email, ")
            .Append(
                byIndex
                    ? "(SELECT count(*) FROM hits) FROM hits h"
                        + db.JoinAfter
                        + "contacts c ON c.organization_id = @organization AND c.id = h.id"
                    : "CAST(0 AS bigint) FROM contacts c"
            )
            .Append(" WHERE c.organization_id = @organization AND (")
            .AppendJoin(" OR ", Enumerable.Range(0, terms).Select(i => db.Holds("c.search", "@" + TermNames[i])))
            .Append(')');
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

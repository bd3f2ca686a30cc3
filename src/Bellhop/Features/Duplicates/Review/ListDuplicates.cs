using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>The pairs of guests that may be one, the likeliest first. An actor sees a pair who sees both guests.</summary>
public static class ListDuplicates
{
    /// <param name="Page">The page's size and its cursor.</param>
    /// <param name="ContactId">Only the pairs of this guest.</param>
    /// <param name="Dismissed">True: those of which somebody said that they are not the same person; otherwise the others.</param>
    public sealed record Query(PageQuery Page, Guid? ContactId = null, bool Dismissed = false)
    {
        internal static readonly string[] Parameters = ["contactId", "dismissed", "limit", "cursor"];

        private ValidationErrors? Wrong { get; init; }

        /// <summary>Reads a request's parameters. The use case throws the errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var (query, errors) = (http.Request.Query, new ValidationErrors());
            var read = new QueryReading(query, errors);
            var contact = read.Id("contactId");
            var dismissed = read.One("dismissed");
            if (dismissed is not (null or "true" or "false"))
            {
                errors.Add("dismissed", "OneOf", "true, false");
            }

            var page = PageQuery.Read(query, errors, "contactId", "dismissed");
            return ValueTask.FromResult<Query?>(new(page, contact, dismissed == "true") { Wrong = errors });
        }

        internal void Refuse()
        {
            Wrong?.Refuse();
            Page.Refuse();
        }

        internal string Binding(Actor who) =>
            $"duplicates/{who.OrganizationId}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}/"
            + $"{ContactId}/{Dismissed}";
    }

    /// <exception cref="Refusal">403 without contacts.edit; 400 for a parameter with a wrong value; 404 for a contact that the actor does
    /// not see.</exception>
    public static async Task<Page<DuplicateRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        query.Refuse();
        if (query.ContactId is { } guest)
        {
            await ContactSeen.Demand(guest, who, db, cancel);
        }

        var after = query.Page.After(cursors, query.Binding(who))?.Split('/');
        (int, Guid)? place = after is [var score, var last] ? (int.Parse(score, CultureInfo.InvariantCulture), Guid.Parse(last)) : null;
        var rows = await db.Read(Question(query, place, who), DuplicateRow.Read, cancel);
        return query.Page.Page(rows, r => r.Place, cursors, query.Binding(who));
    }

    private static Sql Question(Query query, (int Score, Guid Id)? after, Actor who)
    {
        Sql said = query.Dismissed ? Sql.Of($"d.dismissed_at IS NOT NULL") : $"d.dismissed_at IS NULL";
        Sql ofGuest = query.ContactId is { } guest
            ? Sql.Of(
                $"""
                 AND d.id IN (
                    SELECT id FROM likely_duplicates WHERE organization_id = {who.OrganizationId} AND older_id = {guest}
                    UNION ALL SELECT id FROM likely_duplicates WHERE organization_id = {who.OrganizationId} AND newer_id = {guest})
                """
            )
            : Sql.None;
        Sql goesOn = after is { } place ? $" AND (d.score, d.id) < ({place.Score}, {place.Id})" : Sql.None;
        return $"""
            SELECT {DuplicateRow.Columns} FROM likely_duplicates d
            JOIN contacts o ON o.organization_id = d.organization_id AND o.id = d.older_id
            JOIN contacts n ON n.organization_id = d.organization_id AND n.id = d.newer_id
            WHERE d.organization_id = {who.OrganizationId} AND {said}{ofGuest}{goesOn}
            {ContactSeen.And($"d.older_id", who)}{ContactSeen.And($"d.newer_id", who)}
            ORDER BY d.score DESC, d.id DESC{SqlDialect.Limit(query.Page.Limit + 1)}
            """;
    }
}

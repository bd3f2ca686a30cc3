using System.Reflection;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Reads a page of the guest list, in the order asked for.</summary>
public static class ListContacts
{
    public const int UsualLimit = 25;
    public const int MostLimit = 100;

    /// <param name="Filter">Which guests.</param>
    /// <param name="Sort">The sort order.</param>
    /// <param name="Descending">Greatest first. Empty values are last in both directions.</param>
    /// <param name="Limit">1 to 100.</param>
    /// <param name="Cursor">The end of an earlier page of the same list; null for the first page.</param>
    public sealed record Query(
        ContactFilter Filter,
        ContactSort Sort = default,
        bool Descending = true,
        int Limit = UsualLimit,
        string? Cursor = null
    )
    {
        internal static string[] Parameters { get; } = [.. FilterConditions.OfApiDescribed, "sort", "limit", "cursor"];

        /// <summary>Reads a request's parameters. The use case refuses errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var parameters = http.Request.Query;
            if (parameters.Count == 0)
            {
                return ValueTask.FromResult<Query?>(new(ContactFilter.None));
            }

            var read = new QueryReading(parameters, errors);
            var filter = ContactFilter.Read(parameters, errors) with { Wrong = errors };
            var (sort, descending) = ContactSorts.Read(read.One("sort"), errors);
            return ValueTask.FromResult<Query?>(
                new(filter, sort, descending, read.Whole("limit", 1, MostLimit) ?? UsualLimit, read.One("cursor"))
            );
        }
    }

    /// <exception cref="Refusal">403 without contacts.view; 400 for an invalid parameter; 404 for a property that the actor does not
    /// see.</exception>
    public static async Task<Page<ContactRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Filter.Wrong?.Refuse();
        var scope = await ContactScope.Of(query.Filter, who, db, cancel);
        if (scope.IsEmpty)
        {
            return new([], null);
        }

        var place = query.Cursor is { } cursor ? ListPosition.Read(cursors, Binding(query, scope), cursor) : null;
        var question = await ContactQuery.Of(query.Filter, scope, db, cancel);
        var page = new ListPage(query, scope, question, await question.Plan(scope, query, db, cancel), db);
        await page.Read(place, cancel);
        if (page.FoundTooMany)
        {
            page = new(query, scope, question, question.CriteriaOver(scope), db);
            await page.Read(place, cancel);
        }

        return new(await ContactRow.Named(page.Rows, scope.OrganizationId, db, cancel), page.End?.Write(cursors, Binding(query, scope)));
    }

    /// <summary>One text of everything that makes this list differ from others. Cursors are bound to it.</summary>
    private static string Binding(Query query, ContactScope scope) =>
        $"{scope.OrganizationId}/{(scope.Properties is null ? "all" : string.Join(',', scope.Properties))}/"
        + $"{query.Filter.ToQuery()}/{query.Sort.ToQuery(query.Descending)}";
}

using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Platform;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>The questions of the guest list, to be asked without the program around it.</summary>
internal sealed class ListQueries(BenchDatabase town)
{
    private static readonly Actor Owner = Actor.System(1);

    private readonly BellhopDb _db = town.Open();

    /// <summary>What the list asks for a page, for the raw driver to ask.</summary>
    public async Task<RawDatabase.Question> Ask(ListContacts.Query query, ContactSql.Plan way)
    {
        var scope = await ContactScope.Of(query.Filter, Owner, _db, default);
        var question = await ContactQuery.Of(query.Filter, scope, _db, default);
        var part = query.Sort == RatingField.Column.By ? ContactSql.NullsPart.Empty : ContactSql.NullsPart.Filled;
        var shape = new ContactSql.QueryShape(
            question.CriteriaOver(scope) with
            {
                Plan = way,
            },
            query.Sort,
            query.Descending,
            part,
            false,
            false
        );
        return new(
            ContactSql.Page(_db, shape),
            command =>
            {
                command.With("organization", 1);
                if (scope.Properties is { } one)
                {
                    command.With("property0", _db.Stored(one[0]));
                }

                question.Add(command, _db);
                question.AddHits(command, shape.Criteria, _db);
            }
        );
    }

    /// <summary>The place in the middle of the list.</summary>
    public async Task<ListPosition> Middle(ListContacts.Query query)
    {
        var asked = await Ask(query, ContactSql.Plan.Walk);
        await using var command = await _db.Sql(
            asked.Sql.Replace("LIMIT 26", $"LIMIT 1 OFFSET {town.Size / 2}", StringComparison.Ordinal),
            default
        );
        asked.Values(command);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return ListPosition.Of(row, _db, query.Sort, ContactSql.NullsPart.Filled);
    }

    /// <summary>A page read by the program without HTTP.</summary>
    public Task Read(ListContacts.Query query, ListPosition? place)
    {
        var (scope, question) = (new ContactScope(1, null), new ContactQuery());
        return new ListPage(query, scope, question, question.CriteriaOver(scope), _db).Read(place, default);
    }

    /// <summary>Digits of a phone that few have.</summary>
    public async Task<string> SomePhone()
    {
        await using var command = await _db.Sql(
            "SELECT max(phone) FROM contacts WHERE organization_id = 1 AND phone LIKE '+35194%'",
            default
        );
        return ((string)(await command.ExecuteScalarAsync())!)[4..];
    }
}

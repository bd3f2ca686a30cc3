using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Export;

/// <summary>
/// Receives some bytes of a file. They are valid only until this returns. <paramref name="rows"/> is the number of guests in the file so
/// far.
/// </summary>
internal delegate ValueTask Send(ReadOnlyMemory<byte> bytes, long rows, CancellationToken cancel);

/// <summary>
/// Reads guests with one statement in the list's order and writes each as a row. It keeps no guest in memory, however many there are.
/// </summary>
internal sealed class GuestFile
{
    private const int First = 4 * 1024; // the reader sees soon that there is something
    private const int Block = 48 * 1024;

    private readonly CsvCells _cells;
    private readonly ExportRequest _question;
    private readonly ContactScope _scope;
    private readonly ContactQuery _asked;
    private readonly BellhopDb _db;
    private bool _sentFirst;

    private GuestFile(ExportRequest question, ContactScope scope, ContactQuery asked, string currency, BellhopDb db)
    {
        (_question, _scope, _asked, _db) = (question, scope, asked, db);
        _cells = new(currency, db);
    }

    private CsvBytes Csv => _cells.Csv;

    /// <summary>Guests written so far.</summary>
    public long Rows { get; private set; }

    /// <exception cref="Refusal">404 for a property that the actor does not see; 400 for an impossible amount.</exception>
    public static async Task<GuestFile> Of(ExportRequest question, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var scope = await ContactScope.Of(question.Filter, who, db, cancel);
        var asked = await ContactQuery.Of(question.Filter, scope, db, cancel);
        return new(question, scope, asked, (await Reporting.Of(who.OrganizationId, db, cancel)).Currency, db);
    }

    /// <summary>Writes the file. It shows the database at one moment, whatever others write meanwhile.</summary>
    public async Task Write(Send send, CancellationToken cancel)
    {
        if (_question.Mark)
        {
            Csv.Mark();
        }

        foreach (var column in _question.Columns)
        {
            Csv.Text(column.Heading);
        }

        Csv.EndRow();
        if (!_scope.IsEmpty)
        {
            await using var moment = await _db.ReadMoment(cancel);
            await _cells.ReadNames(_scope, cancel);
            var found = _question.Ids is null ? await Plan(cancel) : _asked.CriteriaOver(_scope);
            await _db.TakeTime(inOrder: _question.Ids is null && _scope.Properties is not { Count: > 1 } && !found.IsByIndex, cancel);
            await Write(found, ContactSql.NullsPart.Filled, send, cancel);
            if (found.Plan != ContactSql.Plan.TagWalk && _question.Sort.Key.Empty is not null)
            {
                await Write(found, ContactSql.NullsPart.Empty, send, cancel);
            }
        }

        await Send(send, cancel);
    }

    // Few guests are found by an index and sorted, as in the list. Many guests are read in the list's order.
    private async Task<ContactSql.Criteria> Plan(CancellationToken cancel)
    {
        var found = await _asked.Plan(_scope, new(_question.Filter, _question.Sort, _question.Descending), _db, cancel);
        return !found.IsByIndex || await _asked.CountHits(found, _scope, _db, cancel) <= found.Most ? found : _asked.CriteriaOver(_scope);
    }

    private async Task Write(ContactSql.Criteria found, ContactSql.NullsPart part, Send send, CancellationToken cancel)
    {
        // The first column is there for files that read none.
        var shape = new ContactSql.QueryShape(found, _question.Sort, _question.Descending, part, After: false, Many: true);
        IEnumerable<Sql> columns = [$"1", .. _question.Columns.Select(c => c.Sql?.Invoke(found.Scope)).OfType<Sql>()];
        await _db.ReadEach(
            ContactSql.Whole(_db.Dialect, shape, columns, _question.Ids).With(new GuestValues(_scope, _asked)),
            row =>
            {
                row.Skip(1);
                foreach (var column in _question.Columns)
                {
                    column.Write(_cells, row);
                }

                Csv.EndRow();
                Rows++;
                return Csv.Length >= (_sentFirst ? Block : First) ? Send(send, cancel) : default;
            },
            cancel
        );
    }

    private async ValueTask Send(Send send, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await send(Csv.Written, Rows, cancel);
        Csv.Clear();
        _sentFirst = true;
    }
}

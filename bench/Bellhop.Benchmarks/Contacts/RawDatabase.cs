using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// The limit: the raw driver on open connections with prepared statements, and behind it an endpoint written by hand that knows nobody and
/// asks nothing.
/// </summary>
internal sealed class RawDatabase : IAsyncDisposable
{
    // A guest's id and name: the property and the last booking have them under the same names.
    private static readonly JsonEncodedText Id = Called(IdField.Id),
        Name = Called(NameField.Column),
        Property = Called(PropertyField.Column),
        Tags = Called(TagsField.Column),
        Bookings = Called(BookingsField.Column),
        Spent = Called(SpentField.Column),
        Since = Called(SinceField.Column),
        LastBooking = Called(LastBookingField.Column),
        Rating = Called(RatingField.Column),
        Active = Called(ActiveField.Column),
        Loyalty = Called(LoyaltyField.Column),
        Created = Called(CreatedField.Column),
        Updated = Called(IdField.Updated);

    private static readonly (JsonEncodedText Name, Column Column)[] Texts =
    [
        .. new Column[] { NameField.Column, PhoneField.Column, EmailField.Column, SourceField.Column }.Select(c => (Called(c), c)),
    ];

    private readonly ConcurrentBag<Dictionary<string, DbCommand>> _sqlite = [];
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = [];
    private readonly NpgsqlDataSource? _postgres;
    private readonly BenchDatabase _town;
    private readonly BellhopDb _forms;
    private readonly WebApplication _app;
    private (string Id, string Name, string Color)[] _tags = [];

    private RawDatabase(BenchDatabase town)
    {
        _town = town;
        _forms = town.Open();
        _postgres = town.Postgres is { } connection ? NpgsqlDataSource.Create(PostgresDb.Connection(connection)) : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(http => _answers[http.Request.Path.Value![1..]](http));
    }

    /// <summary>A text with its values; whether it lists guests, or answers numbers.</summary>
    public sealed record Question(string Sql, Action<DbCommand> Values, bool IsList = true)
    {
        /// <summary>Ours, as it is put to the driver.</summary>
        public static Question Of(Sql sql, BellhopDb forms, bool isList = true)
        {
            var written = sql.Write(forms.Dialect);
            return new(written.Text, c => forms.Dialect.Fill(c, written), isList);
        }
    }

    public string Url => _app.Urls.First();

    public static async Task<RawDatabase> Start(BenchDatabase town)
    {
        var limit = new RawDatabase(town);
        limit._tags =
        [
            .. (await limit._forms.Tags.OrderBy(t => t.NameKey).ToListAsync()).Select(t => (t.Id.ToString(), t.Name, t.Color.ToString())),
        ];
        await limit._app.StartAsync();
        return limit;
    }

    /// <summary>Puts a question under a path.</summary>
    public string Put(string name, Question question) => Answer(name, http => Answer(http, question));

    /// <summary>Puts an answer under a path.</summary>
    public string Answer(string name, RequestDelegate answer)
    {
        _answers[name] = answer;
        return Url + "/" + name;
    }

    /// <summary>The query alone, every row read, nothing written.</summary>
    public Task Query(Question question) =>
        Use(
            question,
            async row =>
            {
                while (await row.ReadAsync())
                {
                    row.GetValue(0);
                }
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _forms.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    /// <summary>Puts a question and has its answer read.</summary>
    public async Task Use(Question question, Func<DbDataReader, Task> read)
    {
        if (_postgres is not null)
        {
            await using var connection = await _postgres.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = question.Sql;
            question.Values(command);
            await using var row = await command.ExecuteReaderAsync();
            await read(row);
            return;
        }

        if (!_sqlite.TryTake(out var commands))
        {
            commands = [];
        }

        if (!commands.TryGetValue(question.Sql, out var prepared))
        {
            var connection = new SqliteConnection($"Data Source={Path.Combine(_town.Folder, "bellhop.db")};Pooling=False");
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText =
                    "PRAGMA busy_timeout=10000; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY";
                pragmas.ExecuteNonQuery();
            }

            prepared = commands[question.Sql] = connection.CreateCommand();
            prepared.CommandText = question.Sql;
        }

        prepared.Parameters.Clear();
        question.Values(prepared);
        await using (var row = await prepared.ExecuteReaderAsync())
        {
            await read(row);
        }

        _sqlite.Add(commands);
    }

    /// <summary>Name and colour of each tag of the guest the reader stands on, in the order of their names: known by heart.</summary>
    public IEnumerable<(string Name, string Color)> Labels(DbDataReader row)
    {
        var ids = row.GetString(TagsField.Column.At);
        return ids.Length == 0 ? [] : _tags.Where(t => ids.Contains(t.Id, StringComparison.Ordinal)).Select(t => (t.Name, t.Color));
    }

    private async Task Answer(HttpContext http, Question question)
    {
        http.Response.ContentType = "application/json";
        await Use(
            question,
            async row =>
            {
                await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
                json.WriteStartObject();
                json.WriteStartArray("items");
                while (await row.ReadAsync())
                {
                    if (question.IsList)
                    {
                        Guest(json, row);
                    }
                    else
                    {
                        json.WriteNumberValue(row.GetInt64(row.FieldCount - 1));
                    }
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    private void Guest(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteStartObject();
        json.WriteString(Id, _forms.ReadId(row, IdField.Id.At));
        foreach (var (name, column) in Texts)
        {
            json.WriteString(name, row.IsDBNull(column.At) ? null : row.GetString(column.At));
        }

        json.WriteStartObject(Property);
        if (!row.IsDBNull(PropertyField.Column.At))
        {
            json.WriteString(Id, _forms.ReadId(row, PropertyField.Column.At));
            json.WriteString(Name, row.GetString(PropertyField.Column.At + 1));
        }

        json.WriteEndObject();
        json.WriteStartArray(Tags);
        foreach (var (label, _) in Labels(row))
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        json.WriteNumber(Bookings, row.GetInt32(BookingsField.Column.At));
        json.WriteStartObject(Spent);
        json.WriteNumber("amount"u8, row.GetInt64(SpentField.Column.At) / 100m);
        json.WriteString("currency"u8, row.GetString(SpentField.Column.At + 1));
        json.WriteEndObject();
        json.WriteString(Since, _forms.ReadDay(row, SinceField.Column.At).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        if (row.IsDBNull(LastBookingField.Column.At))
        {
            json.WriteNull(LastBooking);
        }
        else
        {
            json.WriteStartObject(LastBooking);
            json.WriteString(Id, _forms.ReadId(row, LastBookingField.Column.At));
            json.WriteString("reference"u8, row.GetString(LastBookingField.Column.At + 1));
            json.WriteString(
                "arrival"u8,
                _forms.ReadDay(row, LastBookingField.Column.At + 2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            );
            json.WriteEndObject();
        }

        if (row.IsDBNull(RatingField.Column.At))
        {
            json.WriteNull(Rating);
        }
        else
        {
            json.WriteNumber(Rating, row.GetInt16(RatingField.Column.At));
        }

        json.WriteBoolean(Active, !row.IsDBNull(ActiveField.Column.At) && _forms.ReadInstant(row, ActiveField.Column.At).Year > 2000);
        json.WriteNull(Loyalty);
        json.WriteString(Created, _forms.ReadInstant(row, CreatedField.Column.At));
        json.WriteString(Updated, _forms.ReadInstant(row, IdField.Updated.At));
        json.WriteEndObject();
    }

    private static JsonEncodedText Called(Column column) => JsonEncodedText.Encode(column.Name);
}

using System.Data.Common;
using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// The limit of a write: the rows a new contact is made of, by prepared inserts on one open connection, in one commit to disk.
/// </summary>
internal sealed class RawWrite(BellhopDb db, Town town)
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    public async Task Create(string name, string phone, string email)
    {
        var now = db.Now;
        _connection ??= await Open();
        await using var transaction = _transaction = await _connection.BeginTransactionAsync();
        var contact = new Contact
        {
            OrganizationId = 1,
            Source = Source.Manual,
            PropertyId = town.Properties[0],
            CreatedAt = now,
            UpdatedAt = now,
            CustomerSince = now.MonthIn(TimeZoneInfo.Utc),
        };
        contact.Show(name, phone, email);
        await Insert(contact);
        await Insert(
            new ContactAtProperty
            {
                OrganizationId = 1,
                PropertyId = contact.PropertyId,
                ContactId = contact.Id,
                Source = Source.Manual,
                CreatedAt = now,
                CustomerSince = contact.CustomerSince,
                NameKey = contact.NameKey,
                NameEmpty = 0,
            }
        );
        await Insert(
            new Identity
            {
                OrganizationId = 1,
                ContactId = contact.Id,
                Kind = IdentityKind.Phone,
                MatchKey = phone[1..],
                Value = phone,
                AsGiven = phone,
                FirstSeenAt = now,
                LastSeenAt = now,
            }
        );
        await Insert(
            new Identity
            {
                OrganizationId = 1,
                ContactId = contact.Id,
                Kind = IdentityKind.Email,
                MatchKey = email,
                Value = email,
                AsGiven = email,
                FirstSeenAt = now,
                LastSeenAt = now,
            }
        );
        await Insert(
            new Touch
            {
                OrganizationId = 1,
                ContactId = contact.Id,
                PropertyId = contact.PropertyId,
                Kind = TouchKind.Manual,
                Source = Source.Manual,
                At = now,
            }
        );
        await Insert(
            new Event
            {
                OrganizationId = 1,
                At = now,
                WhoKind = ActorKind.ApiKey,
                WhoName = "bench",
                Action = "contact.created",
                EntityKind = "contact",
                EntityId = contact.Id,
            }
        );
        foreach (var property in new[] { Guid.Empty, contact.PropertyId })
        {
            foreach (var (measure, at) in new[] { (Measure.Contacts, 0L), (Measure.New, now.DayIn(TimeZoneInfo.Utc).DayNumber) })
            {
                await Run(
                    """
                    INSERT INTO counters (organization_id, property_id, measure, at, shard, amount) VALUES (@p0, @p1, @p2, @p3, 0, 1)
                    ON CONFLICT (organization_id, property_id, measure, at, shard) DO UPDATE SET amount = counters.amount + 1
                    """,
                    1,
                    property,
                    (short)measure,
                    at
                );
            }
        }

        if (db.Engine == "SQLite")
        {
            await Run("INSERT INTO contact_search_rows (organization_id, contact_id) VALUES (@p0, @p1)", 1, contact.Id);
            await Run("INSERT INTO contact_search (rowid, text) VALUES (last_insert_rowid(), @p0)", contact.Search);
        }

        await transaction.CommitAsync();
    }

    private async Task<DbConnection> Open()
    {
        await db.Database.OpenConnectionAsync();
        return db.Database.GetDbConnection();
    }

    private Task Insert<T>(T row)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        IProperty[] columns = [.. entity.GetProperties()];
        var sql =
            $"INSERT INTO {entity.GetTableName()} ({string.Join(", ", columns.Select(c => '"' + c.GetColumnName() + '"'))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        return Run(
            sql,
            [
                .. columns.Select(c =>
                    c.GetGetter().GetClrValue(row) is { } value && c.GetTypeMapping().Converter is { } stored
                        ? stored.ConvertToProvider(value)
                        : c.GetGetter().GetClrValue(row)
                ),
            ]
        );
    }

    private async Task Run(string sql, params object?[] values)
    {
        var isSqlite = db.Engine == "SQLite"; // the other's driver prepares by itself
        if (!isSqlite || !_prepared.TryGetValue(sql, out var command))
        {
            command = _connection!.CreateCommand();
            command.CommandText = sql;
            if (isSqlite)
            {
                _prepared[sql] = command;
            }
        }

        command.Transaction = _transaction;
        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            command.With(string.Create(CultureInfo.InvariantCulture, $"p{i}"), db.Stored(values[i]));
        }

        await command.ExecuteNonQueryAsync();
    }
}

using System.Data.Common;
using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// The limit of a write: the rows a new contact is made of, by prepared inserts on one open connection, in one commit to disk.
/// </summary>
internal sealed class RawGuestWrites(BellhopDb db, BenchDatabase town)
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    public async Task Create(string name, string phone, string email)
    {
        _connection ??= await Open();
        await using var transaction = _transaction = await _connection.BeginTransactionAsync();
        await Guest(name, phone, email, town.Properties[0], null);
        await transaction.CommitAsync();
    }

    /// <summary>The rows of these bookings and of their guests, whom nobody knows, in one commit.</summary>
    public async Task Book(IReadOnlyList<ReceiveBooking.Input> bookings)
    {
        _connection ??= await Open();
        await using var transaction = _transaction = await _connection.BeginTransactionAsync();
        foreach (var input in bookings)
        {
            var (now, day) = (db.Now, DateOnly.Parse(input.Arrival, CultureInfo.InvariantCulture));
            var booking = new Booking
            {
                OrganizationId = 1,
                PropertyId = input.PropertyId,
                Source = Enum.Parse<Source>(input.Source),
                Status = Enum.Parse<BookingStatus>(input.Status),
                ExternalId = input.ExternalId,
                Reference = input.Reference,
                Arrival = day,
                Departure = DateOnly.Parse(input.Departure, CultureInfo.InvariantCulture),
                Total = 12_000,
                Currency = "EUR",
                Converted = 12_000,
                ConvertedCurrency = "EUR",
                GuestName = input.Guest.Name,
                GuestPhone = input.Guest.Phone,
                GuestEmail = input.Guest.Email,
                BookedAt = now,
                CreatedAt = now,
                UpdatedAt = now,
            };
            await Guest(input.Guest.Name!, input.Guest.Phone!, input.Guest.Email!, input.PropertyId, booking);
        }

        await transaction.CommitAsync();
    }

    private async Task Guest(string name, string phone, string email, Guid property, Booking? booking)
    {
        var now = db.Now;
        var source = booking?.Source ?? Source.Manual;
        var contact = new Contact
        {
            OrganizationId = 1,
            Source = source,
            PropertyId = property,
            CreatedAt = now,
            UpdatedAt = now,
            CustomerSince = now.MonthIn(TimeZoneInfo.Utc),
        };
        contact.Show(name, phone, email);
        var known = new ContactAtProperty
        {
            OrganizationId = 1,
            PropertyId = property,
            ContactId = contact.Id,
            Listed = (short)(town.Properties.Length > 1 ? 1 : 0),
            Source = source,
            CreatedAt = now,
            CustomerSince = contact.CustomerSince,
            NameKey = contact.NameKey,
            NameEmpty = 0,
        };
        foreach (var figures in new Figures[] { contact, known })
        {
            Count(figures, booking);
        }

        await Insert(contact);
        await Insert(known);
        await Identity(contact, IdentityKind.Phone, phone[1..], phone);
        await Identity(contact, IdentityKind.Email, email, email);
        await Insert(
            new Touch
            {
                OrganizationId = 1,
                ContactId = contact.Id,
                PropertyId = property,
                Kind = booking is null ? TouchKind.Manual : TouchKind.Booking,
                Source = source,
                At = now,
                BookingId = booking?.Id,
            }
        );
        await Happened("contact", contact.Id);
        if (booking is not null)
        {
            booking.ContactId = contact.Id;
            await Insert(booking);
            await Happened("booking", booking.Id);
        }

        await Counters(contact, known);
        if (db.Engine == "SQLite")
        {
            await Run("INSERT INTO contact_search_rows (organization_id, contact_id) VALUES (@p0, @p1)", 1, contact.Id);
            await Run("INSERT INTO contact_search (rowid, text) VALUES (last_insert_rowid(), @p0)", contact.Search);
        }
    }

    private static void Count(Figures figures, Booking? booking)
    {
        if (booking is null)
        {
            return;
        }

        (figures.Bookings, figures.Spent, figures.FirstArrival) = (1, booking.Converted!.Value, booking.Arrival);
        (figures.LastBookingId, figures.LastArrival, figures.LastEmpty) = (booking.Id, booking.Arrival, 0);
        if (booking.Status == BookingStatus.Confirmed)
        {
            figures.ActiveUntil = booking.Departure.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddDays(1);
            figures.NextArrival = booking.Arrival;
        }
    }

    private async Task Counters(Contact contact, ContactAtProperty known)
    {
        foreach (var (property, figures) in new (Guid, Figures)[] { (Guid.Empty, contact), (known.PropertyId, known) })
        {
            foreach (
                var (measure, at, amount) in ContactFollower.Counted(
                    figures.CreatedAt,
                    figures.Bookings,
                    figures.Spent,
                    figures.ActiveUntil,
                    figures.FirstArrival,
                    TimeZoneInfo.Utc
                )
            )
            {
                await Run(
                    """
                    INSERT INTO counters (organization_id, property_id, measure, at, shard, amount) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
                    ON CONFLICT (organization_id, property_id, measure, at, shard) DO UPDATE SET amount = counters.amount + excluded.amount
                    """,
                    1,
                    property,
                    (short)measure,
                    at,
                    db.Engine == "SQLite" ? (short)0 : (short)Random.Shared.Next(16),
                    amount
                );
            }
        }
    }

    private Task Identity(Contact contact, IdentityKind kind, string key, string value) =>
        Insert(
            new Identity
            {
                OrganizationId = 1,
                ContactId = contact.Id,
                Kind = kind,
                MatchKey = key,
                Value = value,
                AsGiven = value,
                FirstSeenAt = contact.CreatedAt,
                LastSeenAt = contact.CreatedAt,
            }
        );

    private Task Happened(string kind, Guid id) =>
        Insert(
            new Event
            {
                OrganizationId = 1,
                At = db.Now,
                WhoKind = ActorKind.ApiKey,
                WhoName = "bench",
                Action = kind + ".created",
                EntityKind = kind,
                EntityId = id,
            }
        );

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

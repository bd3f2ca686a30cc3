using System.Diagnostics;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>
/// Gives every guest of a town a conversation, by the raw loader in one transaction: rows first, then the indexes that the migrations make.
/// </summary>
internal static class LoadMessages
{
    private const int Chunk = 10_000;
    private const int Skip = 7919;
    private const string Loaded = "inbox.txt";

    /// <summary>Size and time of the load, which is done where it was not done before.</summary>
    public static async Task<string> Run(BenchDatabase town, int conversations, int each)
    {
        var kept = Path.Combine(town.Folder, Loaded);
        await using var db = town.Open();
        db.Database.SetCommandTimeout(3600);
        if (await db.Messages.AnyAsync())
        {
            return await File.ReadAllTextAsync(kept);
        }

        var before = await Size(town, db);
        var clock = Stopwatch.StartNew();
        var indexes = await Indexes.Drop(db, "conversations", "messages");
        await Fill(town, conversations, each, db);
        var rows = clock.Elapsed;
        await indexes.Restore(db);
        await Indexes.FillSearch(
            db,
            "INSERT INTO message_search (message_search, rank) VALUES ('hashsize', 67108864)", // fewer parts to merge while loading
            "INSERT INTO message_search_rows (organization_id, message_id, conversation_id) "
                + "SELECT organization_id, id, conversation_id FROM messages ORDER BY organization_id, id",
            "INSERT INTO message_search (rowid, text) SELECT r.id, m.search FROM message_search_rows r "
                + "JOIN messages m ON m.organization_id = r.organization_id AND m.id = r.message_id ORDER BY r.id",
            "INSERT INTO message_search (message_search, rank) VALUES ('hashsize', 1048576)"
        );
        var size = await Size(town, db) - before;
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"Loaded in {clock.Elapsed.TotalSeconds:N0} s ({rows.TotalSeconds:N0} s for the rows); {size / 1048576:N0} MB with indexes."
        );
        await File.WriteAllTextAsync(kept, told);
        return told;
    }

    /// <summary>
    /// One in a hundred conversations waits, one in ten is open, the rest are closed. Messages come in the order of their time, so that
    /// those of one conversation lie far apart, as they do in a hotel.
    /// </summary>
    private static async Task Fill(BenchDatabase town, int conversations, int each, BellhopDb db)
    {
        var account = await Account(town, db);
        var guests = await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).Take(conversations).ToListAsync();
        var begin = db.Now.AddDays(-300);
        var (step, random) = (TimeSpan.FromDays(299) / ((double)conversations * each), new Random(1));
        var talks = new Conversation[conversations];
        // Keys are not checked one by one.
        await Run(db.Engine == "SQLite" ? "PRAGMA foreign_keys = OFF" : "SET session_replication_role = replica", db);
        await using (var writer = await TableWriter.Open(db))
        {
            await Write(writer);
        }

        await Run(db.Engine == "SQLite" ? "PRAGMA foreign_keys = ON" : "RESET session_replication_role", db);

        async Task Write(TableWriter writer)
        {
            for (var i = 0; i < conversations; i++)
            {
                talks[i] = new()
                {
                    OrganizationId = town.Organization,
                    AccountId = account.Id,
                    Channel = AccountKind.WhatsApp,
                    PropertyId = town.Properties[i % town.Properties.Length],
                    GuestId = $"g{i}",
                    ContactId = guests[i % guests.Count],
                    State = i % 10 == 0 ? ConversationState.Open : ConversationState.Closed,
                    CreatedAt = begin,
                    UpdatedAt = begin,
                };
            }

            var said = new List<Message>(Chunk);
            for (var number = 0; number < conversations * each; number++)
            {
                // Each round begins elsewhere, so that what is sown evenly falls into many conversations: two of a hundred at 10,000, five
                // at 100,000.
                var turn = number / conversations;
                var talk = talks[(number + (turn * Skip)) % conversations];
                var message = new Message
                {
                    OrganizationId = town.Organization,
                    ConversationId = talk.Id,
                    AccountId = account.Id,
                    ExternalId = string.Create(CultureInfo.InvariantCulture, $"wamid.{number}"),
                    Direction = turn % 2 == 0 ? Direction.In : Direction.Out,
                    AuthorKind = turn % 2 == 0 ? AuthorKind.Guest : AuthorKind.Staff,
                    Status = turn % 2 == 0 ? MessageStatus.Received : MessageStatus.Read,
                    At = begin + (step * number),
                    CreatedAt = begin,
                };
                message.Write(MessageTexts.Of(number, conversations * each, random));
                talk.Last(message);
                said.Add(message);
                if (said.Count == Chunk)
                {
                    await writer.Write(said);
                    said.Clear();
                }
            }

            await writer.Write(said);
            for (var i = 0; i < conversations; i += 100)
            {
                talks[i].Wait(begin.AddMinutes(i));
            }

            await writer.Write(talks);
        }
    }

    private static async Task Run(string constant, BellhopDb db)
    {
        await using var command = await db.Sql(constant, default);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<ChannelAccount> Account(BenchDatabase town, BellhopDb db)
    {
        var who = Actor.System(town.Organization);
        return await db.Arrange(() =>
        {
            var connection = new Connection
            {
                OrganizationId = town.Organization,
                Name = "Bench",
                PropertyId = town.Properties[0],
                Kind = ConnectionKind.Meta,
                Secrets = "",
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
            };
            var made = new ChannelAccount
            {
                OrganizationId = town.Organization,
                ConnectionId = connection.Id,
                Kind = AccountKind.WhatsApp,
                ExternalId = connection.Id.ToString("N"),
                PropertyId = town.Properties[0],
            };
            db.AddRange(connection, made);
            db.Happened(who, "connection.created", "connection", connection.Id);
            return Task.FromResult(made);
        });
    }

    private static async Task<double> Size(BenchDatabase town, BellhopDb db)
    {
        if (town.Postgres is null)
        {
            return new FileInfo(Path.Combine(town.Folder, "bellhop.db")).Length;
        }

        await using var command = await db.Sql("SELECT pg_database_size(current_database())", default);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

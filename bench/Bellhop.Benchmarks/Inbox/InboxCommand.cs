using System.Data.Common;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>
/// <c>inbox [--engine sqlite|postgres] [--conversations N,…] [--messages N]</c>: the list by who waits, a page of a thread and a search,
/// against the same queries prepared on the raw driver. Messages are those of one conversation.
/// </summary>
internal static class InboxCommand
{
    private const string Conversations = "10000";
    private const string Messages = "10";
    private const int Chunk = 2_000;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var each = int.Parse(options["--messages"] ?? Messages, CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            """
            # Inbox

            Microseconds of database time, minimum / median of 100 rounds in turn. *By hand* are the same queries on the raw driver,
            prepared, without a look at who asks; R is ours ÷ by hand, of the minima / median of the rounds' own ratios.
            """
        );
        foreach (var engine in options.Engines)
        {
            foreach (var size in (options["--conversations"] ?? Conversations).Split(','))
            {
                await Measure(engine, int.Parse(size, CultureInfo.InvariantCulture), each);
            }
        }

        return 0;
    }

    private static async Task Measure(string engine, int conversations, int each)
    {
        var town = await BenchDatabase.Make(engine, conversations);
        await using var db = town.Open();
        var who = Actor.System(town.Organization);
        if (await db.Conversations.CountAsync() < conversations)
        {
            await Fill(town, conversations, each, who, db);
        }

        await Console.Out.WriteLineAsync(
            $"\n## {engine}, {await db.Conversations.CountAsync():N0} conversations, {await db.Messages.CountAsync():N0} messages\n\n"
                + "| what | rows | ours | by hand | R |\n|---|---|---|---|---|"
        );
        var cursors = new Cursors(new EphemeralDataProtectionProvider(), TimeProvider.System);
        var texts = new StringLocalizer<ChannelTexts>(
            new ResourceManagerStringLocalizerFactory(
                Microsoft.Extensions.Options.Options.Create(new LocalizationOptions()),
                NullLoggerFactory.Instance
            )
        );
        await using var raw = town.Connect();
        await raw.OpenAsync();
        foreach (
            var (what, filter) in new (string, ConversationFilter)[]
            {
                ("open, longest waiting first", new(ConversationState.Open)),
                ("everything, newest first", new(Newest: true)),
                ("closed, newest first", new(ConversationState.Closed, Newest: true)),
                ("search: a word of one message in a thousand", new(Q: "harbour")),
            }
        )
        {
            var where = await filter.Where(who, db, default);
            Sql order = filter.Newest
                ? Sql.Of($" ORDER BY c.last_at DESC, c.id DESC")
                : $" AND c.waiting_empty = 0 ORDER BY c.waiting_since, c.id";
            Sql sql = $"SELECT {ConversationRow.Columns}{ConversationRow.From(who)}{where}{order}{SqlDialect.Limit(26)}";
            await Row(what, () => ListConversations.Run(new(filter, new()), who, db, cursors, default), p => p.Items.Count, [sql], raw, db);
        }

        var thread = await db.Conversations.OrderBy(c => c.Id).Select(c => c.Id).Skip(conversations / 2).FirstAsync();
        Sql page = $"""
            SELECT {MessageRow.Columns} FROM messages m WHERE m.organization_id = {town.Organization} AND m.conversation_id = {thread}
            ORDER BY m.at DESC, m.id DESC{SqlDialect.Limit(41)}
            """;
        Sql notes = $"""
            SELECT n.id, n.text FROM conversation_notes n WHERE n.organization_id = {town.Organization} AND n.conversation_id = {thread}
            ORDER BY n.at DESC, n.id DESC{SqlDialect.Limit(41)}
            """;
        Sql seen = $"SELECT 1 FROM conversations c WHERE c.organization_id = {town.Organization} AND c.id = {thread}";
        await Row(
            "a page of a thread",
            () => ListMessages.Run(thread, new(40), who, db, cursors, texts, default),
            p => p.Items.Count,
            [seen, page, notes],
            raw,
            db
        );
    }

    private static async Task Row<T>(
        string what,
        Func<Task<T>> ours,
        Func<T, int> count,
        IReadOnlyList<Sql> hand,
        DbConnection raw,
        BellhopDb db
    )
    {
        var commands = new List<DbCommand>();
        foreach (var sql in hand)
        {
            var command = raw.CreateCommand();
            db.Dialect.Put(command, sql);
            await command.PrepareAsync();
            commands.Add(command);
        }

        var rows = count(await ours());
        var rounds = await Comparison.Run(async () => await ours(), () => ReadAll(commands));
        await Console.Out.WriteLineAsync($"| {what} | {rows:N0} | {rounds.Cells()} |");
    }

    private static async Task ReadAll(List<DbCommand> commands)
    {
        foreach (var command in commands)
        {
            await using var row = await command.ExecuteReaderAsync();
            var values = new object[row.FieldCount];
            while (await row.ReadAsync())
            {
                row.GetValues(values);
            }
        }
    }

    /// <summary>One in a hundred conversations waits, one in ten is open, the rest are closed.</summary>
    private static async Task Fill(BenchDatabase town, int conversations, int each, Actor who, BellhopDb db)
    {
        var account = await db.Arrange(() =>
        {
            var connection = new Connection
            {
                OrganizationId = town.Organization,
                Kind = ConnectionKind.Meta,
                Name = "Number",
                PropertyId = town.Properties[0],
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
        var guests = await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).Take(conversations).ToListAsync();
        var begin = db.Now.AddDays(-300);
        for (var done = 0; done < conversations; done += Chunk)
        {
            var (talks, said) = (new List<Conversation>(), new List<Message>());
            for (var i = done; i < Math.Min(conversations, done + Chunk); i++)
            {
                var talk = new Conversation
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
                for (var j = 0; j < each; j++)
                {
                    var message = new Message
                    {
                        OrganizationId = town.Organization,
                        ConversationId = talk.Id,
                        AccountId = account.Id,
                        ExternalId = $"m{i}.{j}",
                        Direction = j % 2 == 0 ? Direction.In : Direction.Out,
                        AuthorKind = j % 2 == 0 ? AuthorKind.Guest : AuthorKind.Staff,
                        Status = j % 2 == 0 ? MessageStatus.Received : MessageStatus.Read,
                        At = begin.AddMinutes((i * 4) + j),
                        CreatedAt = begin,
                    };
                    message.Write(
                        ((i * each) + j) % 1000 == 7
                            ? "Is there a view of the harbour?"
                            : $"Message {j}: when can we check in on day {i % 31}?"
                    );
                    said.Add(message);
                    talk.Last(message);
                }

                if (i % 100 == 0)
                {
                    talk.Wait(begin.AddMinutes(i));
                }

                talks.Add(talk);
            }

            await db.Save(
                async () =>
                {
                    await db.InsertWithoutFollowers(talks, default);
                    await db.BulkInsert(said, default); // the search index follows
                },
                default,
                alone: true
            );
        }

        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }
}

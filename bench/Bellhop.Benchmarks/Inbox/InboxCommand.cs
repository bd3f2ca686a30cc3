using System.Data.Common;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Contacts;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>
/// <c>inbox [--engine sqlite|postgres] [--conversations N,…] [--messages N] [--load]</c>: the list by who waits, a page of a thread and
/// searches, against the same questions prepared on the raw driver; then the guest list with and without messages beside it. Messages are
/// those of one conversation. With <c>--load</c> databases are only made.
/// </summary>
internal static class InboxCommand
{
    private const string Conversations = "10000,100000";
    private const string Messages = "50";
    private const int ManyConversations = 60_000;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var each = int.Parse(options["--messages"] ?? Messages, CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            $"""
            # Inbox

            Microseconds of database time, minimum / median of rounds in turn. *By hand* are the same questions on the raw driver, prepared,
            the way through each search known before, without a look at who asks. R is ours ÷ by hand, of the minima / median of the
            rounds' own ratios. {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]} is the load average before.
            """
        );
        foreach (var engine in options.Engines)
        {
            foreach (
                var size in (options["--conversations"] ?? Conversations).Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))
            )
            {
                var town = await BenchDatabase.Make(engine, size, kind: "inbox");
                var told = await LoadMessages.Run(town, size, each);
                await using var db = town.Open();
                await Console.Out.WriteLineAsync(
                    $"\n## {engine}, {await db.Conversations.CountAsync():N0} conversations, "
                        + $"{await db.Messages.CountAsync():N0} messages\n\n{told}"
                );
                var without = await BenchDatabase.Make(engine, size);
                if (!args.Contains("--load"))
                {
                    await Measure(town, size / 2, db);
                    await Beside(town, without);
                }
            }
        }

        return 0;
    }

    private static async Task Measure(BenchDatabase town, int middle, BellhopDb db)
    {
        await Console.Out.WriteLineAsync("\n| what | rows | ours | by hand | R |\n|---|---|---|---|---|");
        var who = Actor.System(town.Organization);
        var cursors = NewCursors();
        var texts = new StringLocalizer<ChannelTexts>(
            new ResourceManagerStringLocalizerFactory(
                Microsoft.Extensions.Options.Options.Create(new LocalizationOptions()),
                NullLoggerFactory.Instance
            )
        );
        await using var raw = town.Connect();
        await raw.OpenAsync();
        if (raw is SqliteConnection)
        {
            await using var pragmas = raw.CreateCommand();
            pragmas.CommandText = "PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY";
            await pragmas.ExecuteNonQueryAsync();
        }

        var byHand = new InboxByHand(who, db);
        // Among many conversations, those that wait fill a page with such a word sooner than it is looked up.
        IReadOnlyList<Sql> InThousand(Sql where) =>
            middle * 2 < ManyConversations
                ? byHand.Found(MessageTexts.InThousand, where: where)
                : byHand.Walked(MessageTexts.InThousand, where);

        foreach (
            var (what, filter, hand) in new (string, ConversationFilter, IReadOnlyList<Sql>)[]
            {
                ("open, longest waiting first", new(ConversationState.Open), byHand.Waiting(ConversationFilter.IsOpen(db.Now))),
                ("everything, newest first", new(Newest: true), byHand.Newest(Sql.None)),
                ("closed, newest first", new(ConversationState.Closed, Newest: true), byHand.Newest($" AND c.state = 'Closed'")),
                ($"search: a word of 100 messages", new(Q: MessageTexts.Rare), byHand.Found(MessageTexts.Rare)),
                ($"search: a word of one message in a thousand", new(Q: MessageTexts.InThousand), InThousand(Sql.None)),
                (
                    "the same, those that are open",
                    new(ConversationState.Open, Q: MessageTexts.InThousand),
                    InThousand(ConversationFilter.IsOpen(db.Now))
                ),
                ($"search: a word of most messages", new(Q: MessageTexts.InMost), byHand.Walked(MessageTexts.InMost)),
                (
                    $"search: that and a rare one",
                    new(Q: $"{MessageTexts.InMost} {MessageTexts.Rare}"),
                    byHand.FoundWith(MessageTexts.Rare, MessageTexts.InMost)
                ),
                (
                    $"search: two words of one in a thousand each",
                    new(Q: $"{MessageTexts.InThousand} {MessageTexts.AlsoInThousand}"),
                    byHand.Found(MessageTexts.InThousand, MessageTexts.AlsoInThousand)
                ),
                ($"search: a word of no message", new(Q: MessageTexts.InNone), byHand.Found(MessageTexts.InNone)),
                ($"search: a guest's name", new(Q: "quillfeather"), byHand.Found("quillfeather")),
            }
        )
        {
            await Row(what, () => ListConversations.Run(new(filter, new()), who, db, cursors, default), p => p.Items.Count, hand, raw, db);
        }

        var thread = await db.Conversations.OrderBy(c => c.Id).Select(c => c.Id).Skip(middle).FirstAsync();
        var said = await ListMessages.Run(thread, new(40), who, db, cursors, texts, default);
        await Row(
            "a page of a thread",
            () => ListMessages.Run(thread, new(40), who, db, cursors, texts, default),
            p => p.Items.Count,
            byHand.Thread(thread, said.Items.Select(m => m.Id)),
            raw,
            db
        );
    }

    /// <summary>The guest list of a town with messages against that of a town without.</summary>
    private static async Task Beside(BenchDatabase town, BenchDatabase without)
    {
        await Console.Out.WriteLineAsync("\n| the guest list | rows | with messages | without | R |\n|---|---|---|---|---|");
        await using var db = town.Open();
        await using var other = without.Open();
        var (who, cursors) = (Actor.System(town.Organization), NewCursors());
        foreach (
            var (what, filter) in new (string, ContactFilter)[]
            {
                ("a page", ContactFilter.None),
                ("a search for a rare name", new(Q: GuestGenerator.RareName)),
                ("a search for a common name", new(Q: "silva")),
            }
        )
        {
            Task<Page<ContactRow>> Read(BellhopDb from) => ListContacts.Run(new(filter), who, from, cursors, default);
            await Line(what, (await Read(db)).Items.Count, await Comparison.Run(() => Read(db), () => Read(other)));
        }

        Task<ContactSummary> Cards(BellhopDb from) => SummarizeContacts.Run(ContactFilter.None, who, from, default);
        await Line("four cards", 4, await Comparison.Run(() => Cards(db), () => Cards(other)));
    }

    private static Cursors NewCursors() => new(new EphemeralDataProtectionProvider(), TimeProvider.System);

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
        var once = await Comparison.Run(async () => await ours(), () => ReadAll(commands), 3, 1);
        var rounds =
            once.Least + once.Limit.Min() > 100_000
                ? once // minutes would pass
                : await Comparison.Run(async () => await ours(), () => ReadAll(commands), warm: once.Least > 10_000 ? 10 : 200);
        await Line(what, rows, rounds);
    }

    private static Task Line(string what, int rows, Comparison rounds) =>
        Console.Out.WriteLineAsync($"| {what} | {rows:N0} | {rounds.Cells()} |");

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
}

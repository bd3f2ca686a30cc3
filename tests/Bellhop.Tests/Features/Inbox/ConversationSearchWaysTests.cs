using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>Whichever way a search goes, it finds what a comparison of every text finds, in the order of the list.</summary>
public sealed class ConversationSearchWaysTests
{
    private const int Number = 900;

    // Nobody says anything in those that come first in every order.
    private const int Silent = ConversationSearch.LeastPatience + 40;

    private static readonly string[] Words = ["room", "night", "check-in", "view", "terrace", "café", "ÜBER", "100%", "a_b", "ok"];

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_search_finds_what_a_comparison_of_every_text_finds_page_by_page(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await Fill(house, new Random(7), hasStatistics: true);
        var everything = new (ConversationFilter Filter, Actor Who)[]
        {
            (new(), house.Owner),
            (new(Newest: true), house.Owner),
            (new(ConversationState.Closed, Newest: true), house.Owner),
            (new(Waiting: true), house.Owner),
            (new(PropertyIds: [house.Properties[1].Id], Newest: true), house.Owner),
            (new(), house.LimitedTo(1)),
        };
        foreach (
            var q in new[]
            {
                "room",
                "room night",
                "view terrace cafe",
                "harbour",
                "room harbour",
                "harbour sauna",
                "lighthouse",
                "lighthouse room",
                "arbou",
                "zebra",
                "zebra room",
                "silva",
                "silva room",
                "silva harbour",
                "uber",
                "100%",
                "a_b",
                "ro",
                "ok ro",
                "nowhere",
                "room nowhere",
                "35191",
            }
        )
        {
            await Compare(q, everything, house);
        }

        await using (var db = house.Database.Open())
        {
            await db.Save(async () =>
            {
                var some = await db.Messages.Where(m => m.Search!.Contains("harbour")).OrderBy(m => m.Id).ToListAsync();
                db.RemoveRange(some.Take(3));
                some.Skip(3).Take(3).ToList().ForEach(m => m.Write("taken back"));
                some.Skip(6).Take(3).ToList().ForEach(m => m.Write(null));
                var other = await db.Messages.Where(m => m.Search == "ok").OrderBy(m => m.Id).Take(4).ToListAsync();
                other.ForEach(m => m.Write("Harbour after all"));
            });
        }

        await Compare("harbour", everything, house);
        await Compare("taken room", everything, house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task No_search_scans_the_messages_or_the_guests(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await Fill(house, new Random(8));
        await using var db = house.Database.Open();
        await ListPlanTests.Refuse(db);
        var search = (await ConversationSearch.Of("room night", house.Owner, db, default))!;
        search.Walks.ShouldNotBeEmpty("both are common");
        foreach (var newest in new[] { false, true })
        {
            var reading = new ConversationReading(Sql.None, newest, 26, house.Owner, db);
            foreach (var part in reading.Parts(null))
            {
                foreach (var patience in new int?[] { 256, null })
                {
                    var ids = reading.InOrder(part, search.Tests, patience, 26);
                    Seeks(await ListPlanTests.Plan(db, ids)).ShouldContain("ix_messages_organization_id_conversation_id_search");
                    Seeks(await ListPlanTests.Plan(db, reading.Showing(ids, part.Order)));
                }

                // PostgreSQL goes by statistics, which it has none of here.
                var shown = reading.Showing(db.Dialect.Listed([Guid.CreateVersion7(), Guid.CreateVersion7()]), part.Order);
                var byKey = "SEARCH c USING INDEX sqlite_autoindex_conversations_1 (organization_id=? AND id=?)";
                Seeks(await ListPlanTests.Plan(db, shown)).ShouldContain(engine == "sqlite" ? byKey : "conversations");
            }
        }

        string Seeks(string plan)
        {
            string[] scans =
                engine == "sqlite" ? ["SCAN w", "SCAN k", "SCAN m", "SCAN g"] : ["Seq Scan on messages", "Seq Scan on contacts", "hashed"];
            foreach (var scan in scans)
            {
                plan.ShouldNotContain(scan);
            }

            return plan;
        }
    }

    private static async Task Compare(string q, IEnumerable<(ConversationFilter Filter, Actor Who)> asked, GuestHouse house)
    {
        await using var db = house.Database.Open();
        var guests = await db.Contacts.ToDictionaryAsync(c => c.Id, c => c.Search);
        var said = (await db.Messages.AsNoTracking().ToListAsync()).ToLookup(m => m.ConversationId, m => m.Search ?? "");
        var words = Fold.Key(q).Split(' ');
        var all = (await db.Conversations.AsNoTracking().ToListAsync())
            .Where(c =>
                words.All(w =>
                    said[c.Id].Any(t => t.Contains(w, StringComparison.Ordinal))
                    || (c.ContactId is { } guest && guests[guest].Contains(w, StringComparison.Ordinal))
                )
            )
            .ToList();
        foreach (var (filter, who) in asked)
        {
            var right = all.Where(c => who.Sees(c.PropertyId))
                .Where(c => filter.State is null || c.State == filter.State)
                .Where(c => filter.Waiting is null || c.WaitingSince is not null == filter.Waiting)
                .Where(c => filter.PropertyIds?.Contains(c.PropertyId) != false);
            right = filter.Newest
                ? right.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id)
                : right
                    .Where(c => c.WaitingSince is not null)
                    .OrderBy(c => c.WaitingSince)
                    .ThenBy(c => c.Id)
                    .Concat(right.Where(c => c.WaitingSince is null).OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id));
            var found = new List<Guid>();
            string? cursor = null;
            do
            {
                var query = new ListConversations.Query(filter with { Q = q }, new(60, cursor));
                var page = await ListConversations.Run(query, who, db, house.Cursors, default);
                found.AddRange(page.Items.Select(r => r.Id));
                cursor = page.NextCursor;
            } while (cursor is not null && found.Count <= Number);

            found.ShouldBe(right.Select(c => c.Id), $"{q}, {filter}");
        }
    }

    private static async Task Fill(GuestHouse house, Random random, bool hasStatistics = false)
    {
        string[] names = ["Ana Silva", "Bo Harbour", "Cid Silva", "Dag Berg", "Eva Room", "Finn Olsen"];
        for (var i = 0; i < names.Length; i++)
        {
            await house.Book(i % 2, names[i], "+35191234560" + i);
        }

        await using var db = house.Database.Open();
        var guests = await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
        var accounts = new ChannelAccount[2];
        await db.Arrange(() =>
        {
            for (var i = 0; i < accounts.Length; i++)
            {
                var connection = new Connection
                {
                    OrganizationId = house.Owner.OrganizationId,
                    Name = "Line",
                    PropertyId = house.Properties[i].Id,
                    Kind = ConnectionKind.Meta,
                    Secrets = "",
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                accounts[i] = new()
                {
                    OrganizationId = house.Owner.OrganizationId,
                    ConnectionId = connection.Id,
                    Kind = AccountKind.WhatsApp,
                    ExternalId = connection.Id.ToString("N"),
                    PropertyId = house.Properties[i].Id,
                };
                db.AddRange(connection, accounts[i]);
            }

            return Task.CompletedTask;
        });
        var (talks, messages) = (new List<Conversation>(), new List<Message>());
        for (var i = 0; i < Number; i++)
        {
            var account = accounts[random.Next(2)];
            var talk = new Conversation
            {
                OrganizationId = account.OrganizationId,
                AccountId = account.Id,
                Channel = account.Kind,
                PropertyId = account.PropertyId,
                GuestId = $"g{i}",
                ContactId = i >= Silent && random.Next(8) == 0 ? guests[random.Next(guests.Count)] : null,
                State = random.Next(3) == 0 ? ConversationState.Closed : ConversationState.Open,
                LastAt = db.Now.AddMinutes(-(i < Silent ? i : Silent + random.Next(300))), // some at the same time
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
            };
            talk.Wait(random.Next(2) == 0 ? db.Now.AddDays(i < Silent ? -9 : -random.Next(6)) : null);
            talks.Add(talk);
            for (var left = i < Silent ? 0 : random.Next(6); left > 0; left--)
            {
                var message = new Message
                {
                    OrganizationId = talk.OrganizationId,
                    ConversationId = talk.Id,
                    AccountId = account.Id,
                    At = talk.LastAt,
                    CreatedAt = db.Now,
                };
                message.Write(Said(random));
                messages.Add(message);
            }
        }

        await db.Save(async () =>
        {
            await db.BulkInsert(talks, default);
            await db.BulkInsert(messages, default);
        });
        if (hasStatistics)
        {
            await db.Settle(default);
        }
    }

    private static string? Said(Random random)
    {
        var kind = random.Next(100);
        var words = Enumerable
            .Range(0, 1 + random.Next(3))
            .Select(_ => Words[Math.Min(random.Next(Words.Length), random.Next(Words.Length))]);
        return kind switch
        {
            0 => null,
            1 => "ok",
            2 => "The harbour",
            3 => "A sauna?",
            4 => string.Concat(Enumerable.Repeat("lorem ipsum ", 300)) + "zebra",
            5 when random.Next(8) == 0 => "The lighthouse",
            _ => string.Join(' ', words),
        };
    }
}

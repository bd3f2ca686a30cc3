using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Tests.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates.Merging;

/// <summary>What happens in the moment of a merge: another merge, or a message.</summary>
public class MergeTogetherTests
{
    private const string Account = "100200300";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    /// <summary>An embedded database has one server: there the calls come to one.</summary>
    [Theory, MemberData(nameof(Engines))]
    public async Task Two_servers_that_merge_the_same_pair_at_once_merge_it_once(string engine)
    {
        await using var app = await TestApp.StartNew(engine);
        await using var beside = engine == "postgres" ? TestApp.Beside(app) : null;
        var pair = await Pair.Make(app);
        await pair.Furnish();
        HttpClient[] servers = [app.As(pair.House.Owner), (beside ?? app).As(pair.House.Owner)];
        for (var round = 0; round < 3; round++)
        {
            var calls = Enumerable
                .Range(0, 8)
                .Select(i => (Server: servers[i % 2], Into: i % 4 < 2 ? pair.Ana : pair.Annie, From: i % 4 < 2 ? pair.Annie : pair.Ana));
            var answers = await Task.WhenAll(
                calls.Select(c =>
                    Task.Run(() => c.Server.Post($"/api/v1/contacts/{c.Into}/merges", new JsonObject { ["from"] = c.From.ToString() }))
                )
            );

            answers.Select(a => (int)a.StatusCode).Order().ShouldBe([201, .. Enumerable.Repeat(409, 7)]);
            await using var db = app.Open();
            var merge = await db.Merges.SingleAsync();
            (await db.Contacts.Select(c => c.Id).ToListAsync()).ShouldBe([merge.ContactId]);
            (await db.Notes.CountAsync(n => n.ContactId == merge.ContactId)).ShouldBe(2);
            (await pair.Check()).ShouldBeEmpty();

            // And taken back at once, at both, it is taken back once.
            var splits = await Task.WhenAll(servers.Select(s => Task.Run(() => s.DeleteAsync($"/api/v1/merges/{merge.Id}"))));
            splits.Select(a => (int)a.StatusCode).Order().ShouldBe([204, 404]);
            (await db.Contacts.CountAsync()).ShouldBe(2);
            (await db.Notes.CountAsync(n => n.ContactId == pair.Annie)).ShouldBe(1);
            (await pair.Check()).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Messages_that_arrive_while_their_guest_is_merged_are_all_the_kept_guests(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", Account));
        var pair = new Pair(app, line.House);
        var (ana, annie) = (await pair.Guest(Pair.AnasPhone, "Ana", null), await pair.Guest(Pair.AnniesPhone, "Annie", null));

        var arriving = Enumerable
            .Range(0, 8)
            .Select(i =>
                Task.Run(() =>
                    line.Send(ConnectionKind.Meta, Hotline.WhatsApp(Account, Pair.AnniesPhone.TrimStart('+'), $"wamid.{i}", $"Hello {i}"))
                )
            )
            .ToList();
        var merging = Task.Run(() => pair.Merge(ana, annie));
        (await Task.WhenAll(arriving)).ShouldAllBe(status => status == 200);
        var merge = await merging;
        await line.Read();

        await using var db = app.Open();
        (await db.Contacts.Select(c => c.Id).ToListAsync()).ShouldBe([ana]);
        var thread = await db.Conversations.AsNoTracking().SingleAsync();
        thread.ContactId.ShouldBe(ana);
        (await db.Messages.CountAsync(m => m.ConversationId == thread.Id)).ShouldBe(8);
        (await db.ParkedItems.AnyAsync()).ShouldBeFalse();
        (await pair.Check()).ShouldBeEmpty();

        await pair.Split(merge);
        (await db.Conversations.AsNoTracking().SingleAsync()).ContactId.ShouldBe(annie, "it came by her number");
        (await pair.Check()).ShouldBeEmpty();
    }
}

using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>The inbox is searched by names and by what was written.</summary>
public class ConversationSearchTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Rare_and_common_words_of_messages_and_names_find_their_conversations(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        for (var guest = 0; guest < 14; guest++)
        {
            await Write(line, guest, $"a{guest}", $"When is check-in on day {guest}?");
        }

        await Write(line, 3, "b3", "Is there a view of the HARBOUR, 100% sure?");
        await Write(line, 4, "b4", "你好,还有床位吗");
        await Write(line, 5, "b5", "ok");

        (await Found(line, "harbour")).ShouldBe([3]);
        (await Found(line, "arbo")).ShouldBe([3], "parts of words too");
        (await Found(line, "100%")).ShouldBe([3]);
        (await Found(line, "check-in")).Count.ShouldBe(14);
        (await Found(line, "check-in harbour")).ShouldBe([3], "each word may stand in another message");
        (await Found(line, "harbour nowhere")).ShouldBeEmpty();
        (await Found(line, "silva")).Count.ShouldBe(14, "every guest's name");
        (await Found(line, "silva harbour")).ShouldBe([3]);
        (await Found(line, "34631200003")).ShouldBe([3]);
        (await Found(line, "你好")).ShouldBe([4], "two letters are a word in some scripts");
        (await Found(line, "ok")).ShouldBe([5]);
        (await Found(line, "lv")).Count.ShouldBe(14);
        (await Found(line, "\" OR \"")).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_edited_a_withdrawn_and_a_deleted_message_are_found_by_what_is_left_of_them(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await Write(line, 1, "a", "We come by the aqueduct");
        await Write(line, 2, "b", "We come by the harbour");
        await Change(line, 1, "edit", new JsonObject { ["original_message_id"] = "a", ["message"] = Text("We come by the lighthouse") });
        (await Found(line, "aqueduct")).ShouldBeEmpty();
        (await Found(line, "lighthouse")).ShouldBe([1]);
        await Change(line, 1, "revoke", new JsonObject { ["original_message_id"] = "a" });
        (await Found(line, "lighthouse")).ShouldBeEmpty();

        var contact = (await line.Conversations("?q=harbour"))[0]!["contact"]!["id"]!.GetValue<string>();
        (await line.Client.DeleteAsync($"/api/v1/contacts/{contact}")).IsSuccessStatusCode.ShouldBeTrue();
        (await Found(line, "harbour")).ShouldBeEmpty();
        if (engine == "sqlite")
        {
            await using var db = app.Open();
            var left = await db
                .Database.SqlQuery<int>(
                    $"""
                    SELECT (SELECT COUNT(*) FROM message_search_rows) + (SELECT COUNT(*) FROM message_search
                    WHERE message_search MATCH '"har" OR "lig" OR "aqu"') AS "Value"
                    """
                )
                .SingleAsync();
            left.ShouldBe(0, "nothing of them is left in the index");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_common_word_is_found_behind_many_conversations_without_it_and_page_by_page(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        for (var guest = 0; guest < 8; guest++)
        {
            await Write(line, guest, $"a{guest}", "Is the terrace open?");
        }

        await Silent(line, ConversationSearch.LeastPatience + 10);
        foreach (var q in new[] { "terrace", "terrace open", "terrace silva", "te" })
        {
            foreach (var sort in new[] { "", "&sort=-last" })
            {
                var seen = new List<string>();
                string? cursor = null;
                for (var pages = 0; pages == 0 || (pages < 4 && cursor is not null); pages++)
                {
                    var page = await line.Client.GetFromJson(
                        $"/api/v1/conversations?limit=3{sort}&q={Uri.EscapeDataString(q)}"
                            + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))
                    );
                    seen.AddRange(page["items"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));
                    cursor = page["nextCursor"]?.GetValue<string>();
                }

                await using var db = app.Open();
                var ids = await db.Conversations.Where(c => c.LastId != null).OrderBy(c => c.LastAt).Select(c => c.Id).ToListAsync();
                var spoken = ids.Select(i => i.ToString()).ToList();
                seen.ShouldBe(sort.Length == 0 ? spoken : Enumerable.Reverse(spoken), $"{q}{sort}");
            }
        }
    }

    /// <summary>Conversations in which nobody said anything, some of them waiting longer than all others, and all newer.</summary>
    private static async Task Silent(Hotline line, int number)
    {
        await using var db = line.App.Open();
        var like = await db.Conversations.AsNoTracking().FirstAsync();
        var all = Enumerable
            .Range(0, number * 2)
            .Select(i =>
            {
                var silent = new Conversation
                {
                    OrganizationId = like.OrganizationId,
                    AccountId = like.AccountId,
                    Channel = like.Channel,
                    PropertyId = like.PropertyId,
                    GuestId = $"silent{i}",
                    LastAt = db.Now.AddDays(1).AddSeconds(i),
                    CreatedAt = like.CreatedAt,
                    UpdatedAt = like.UpdatedAt,
                };
                silent.Wait(i % 2 == 0 ? null : db.Now.AddDays(-9).AddSeconds(i));
                return silent;
            })
            .ToList();
        await db.Save(() => db.InsertWithoutFollowers(all, default));
    }

    private static JsonObject Text(string text) =>
        new()
        {
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
        };

    private static string Phone(int guest) => $"34631200{guest:000}";

    private static Task Write(Hotline line, int guest, string id, string text) =>
        line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", Phone(guest), id, text, DateTime.UtcNow.AddMinutes(-guest)));

    private static async Task Change(Hotline line, int guest, string type, JsonObject how)
    {
        var body = JsonNode.Parse(Hotline.WhatsApp("1", Phone(guest), "change" + type, "", DateTime.UtcNow))!;
        var message = body["entry"]![0]!["changes"]![0]!["value"]!["messages"]![0]!.AsObject();
        message.Remove("text");
        (message["type"], message[type]) = (type, how);
        await line.Deliver(ConnectionKind.Meta, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    /// <summary>The guests whose conversations are found.</summary>
    private static async Task<List<int>> Found(Hotline line, string q)
    {
        var found = await line.Conversations("?limit=100&q=" + Uri.EscapeDataString(q));
        await using var db = line.App.Open();
        var numbers = await db.Conversations.ToDictionaryAsync(c => c.Id.ToString(), c => c.GuestNumber!);
        return [.. found.Select(c => int.Parse(numbers[c!["id"]!.GetValue<string>()][^3..])).Order()];
    }
}

using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates.Merging;

public class MergeAndSplitTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Merge_then_split_gives_the_same_rows(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Furnish();
        var before = await pair.Rows();

        foreach (var (into, from) in new[] { (pair.Ana, pair.Annie), (pair.Annie, pair.Ana) })
        {
            var all = new KeepValues("other", "other", "other", "other", "other", "other", "other");
            foreach (var keep in new[] { new KeepValues(), all })
            {
                var merge = await pair.Merge(into, from, keep);
                (await pair.Check()).ShouldBeEmpty();
                (await pair.Rows()).ShouldNotBe(before);
                await pair.Split(merge);

                await pair.ShouldHave(before);
                (await pair.Check()).ShouldBeEmpty();
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_one_guest_has_what_both_had_and_an_opt_out_wins(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Furnish();

        await pair.Merge();

        await using var db = app.Open();
        var ana = await pair.Read(pair.Ana);
        (ana.Name, ana.Phone, ana.Email).ShouldBe(("Ana Sousa", Pair.AnasPhone, Pair.AnniesEmail), "a blank is filled");
        (ana.Bookings, ana.Spent, ana.TagIds.Length, ana.Rating).ShouldBe((3, 30000, 3, (short?)4));
        (await db.Contacts.AnyAsync(c => c.Id == pair.Annie)).ShouldBeFalse();
        (await db.Notes.CountAsync(n => n.ContactId == pair.Ana)).ShouldBe(2);
        (await db.Conversations.CountAsync(c => c.ContactId == pair.Ana)).ShouldBe(2);
        (await db.ContactsAtProperty.CountAsync(a => a.ContactId == pair.Ana)).ShouldBe(2);
        var consents = await db.Consents.ToDictionaryAsync(c => c.Channel, c => (c.ContactId, c.Granted));
        consents[ConsentChannel.WhatsApp].ShouldBe((pair.Ana, false));
        consents[ConsentChannel.Email].ShouldBe((pair.Ana, true));
        (await pair.Book(pair.House.Lisbon, Pair.AnniesPhone)).ContactId.ShouldBe(pair.Ana, "her number leads to the one guest");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_came_since_goes_by_the_number_or_address_it_came_with_and_the_rest_is_asked(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Furnish();
        var merge = await pair.Merge();
        var hers = await pair.Book(pair.House.Berlin, null, Pair.AnniesEmail);
        var anas = await pair.Book(pair.House.Berlin, Pair.AnasPhone);
        await using var db = app.Open();
        var note = (await AddNote.Run(pair.Ana, new("Wants a late check-out"), pair.Who, db, default)).Value;
        await TagContact.Run(pair.Ana, "New", pair.Who, db, default);

        var undecided = (await pair.See(merge)).Undecided.ShouldHaveSingleItem();
        (undecided.ItemId, undecided.Kind).ShouldBe((note.Id, "note"));
        var refusal = await Should.ThrowAsync<Refusal>(() => pair.Split(merge));
        (refusal.Status, refusal.Type).ShouldBe((409, "undecided"));
        (await db.Contacts.AnyAsync(c => c.Id == pair.Annie)).ShouldBeFalse();

        await pair.Split(merge, (note.Id, "other"));
        db.ChangeTracker.Clear();
        (await db.Bookings.SingleAsync(b => b.Id == hers.Id)).ContactId.ShouldBe(pair.Annie);
        (await db.Bookings.SingleAsync(b => b.Id == anas.Id)).ContactId.ShouldBe(pair.Ana);
        (await db.Notes.SingleAsync(n => n.Id == note.Id)).ContactId.ShouldBe(pair.Annie);
        (await db.ContactsAtProperty.CountAsync(a => a.ContactId == pair.Ana)).ShouldBe(2, "Ana came to Berlin herself");
        (await db.Merges.AnyAsync()).ShouldBeFalse();
        (await pair.Check()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_conversation_that_came_since_is_asked_and_an_opt_out_since_counts_for_both(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var merge = await pair.Merge();
        await using var db = app.Open();
        var conversation = (await InboxWorld.Make(app, pair.House.Lisbon, pair.Ana, pair.Who, db)).Conversation;
        await pair.Say(pair.Ana, ConsentChannel.WhatsApp, false);

        (await pair.See(merge)).Undecided.Select(i => (i.ItemId, i.Kind)).ShouldBe([(conversation, "conversation")]);
        await pair.Split(merge, (conversation, "other"));

        db.ChangeTracker.Clear();
        (await db.Conversations.SingleAsync(c => c.Id == conversation)).ContactId.ShouldBe(pair.Annie);
        (await db.Consents.Select(c => new { c.ContactId, c.Granted }).ToListAsync())
            .Select(c => (c.ContactId, c.Granted))
            .ShouldBe([(pair.Ana, false), (pair.Annie, false)], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_the_latest_merge_of_a_guest_is_taken_back(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Furnish();
        var zoe = await pair.Guest("+33612345678", "Zoé", null);
        var before = await pair.Rows();
        var first = await pair.Merge();
        var second = await pair.Merge(zoe, pair.Ana);

        (await pair.See(first)).ContactId.ShouldBe(zoe);
        var refusal = await Should.ThrowAsync<Refusal>(() => pair.Split(first));
        (refusal.Status, refusal.Type, refusal.Extra["mergeId"]).ShouldBe((409, "merged-further", second));
        await pair.Split(second);
        await pair.Split(first);

        await pair.ShouldHave(before);
        (await pair.Check()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Merges_and_splits_in_any_order_with_arrivals_between_keep_every_figure_and_lose_nothing(string engine)
    {
        for (var seed = 0; seed < TestSize.Of(30); seed++)
        {
            await using var app = await TestApp.Start(engine);
            var pair = await Pair.Make(app);
            await pair.Furnish();
            await pair.Guest("+33612345678", "Zoé", "zoe@example.org");
            await Wander(pair, new Random(seed));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_merge_while_bookings_arrive_loses_neither(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);

        var arriving = Enumerable.Range(0, 6).Select(i => Task.Run(() => pair.Book(pair.House.Berlin, Pair.AnniesPhone))).ToList();
        var merging = Task.Run(() => pair.Merge());
        await Task.WhenAll([merging, .. arriving]);

        (await pair.Read(pair.Ana)).Bookings.ShouldBe(6);
        (await pair.Check()).ShouldBeEmpty();
        await pair.Split(await merging);
        (await pair.Read(pair.Annie)).Bookings.ShouldBe(6);
        (await pair.Check()).ShouldBeEmpty();
    }

    private static async Task Wander(Pair pair, Random chance)
    {
        string[] phones = [Pair.AnasPhone, Pair.AnniesPhone, "+33612345678"];
        var (merges, booked, notes) = (new Stack<Guid>(), 3, 2);
        for (var step = 0; step < 12; step++)
        {
            await using var db = pair.App.Open();
            var guests = await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
            var guest = guests[chance.Next(guests.Count)];
            switch (chance.Next(4))
            {
                case 0 when guests.Count > 1:
                    merges.Push(await pair.Merge(guest, guests.First(g => g != guest)));
                    break;
                case 1 when merges.TryPop(out var last):
                    var open = (await pair.See(last)).Undecided;
                    await pair.Split(last, [.. open.Select(i => (i.ItemId, chance.Next(2) == 0 ? "this" : "other"))]);
                    break;
                case 2:
                    await AddNote.Run(guest, new("Arrived late"), pair.Who, db, default);
                    notes++;
                    break;
                default:
                    await pair.Book(chance.Next(2) == 0 ? pair.House.Lisbon : pair.House.Berlin, phones[chance.Next(3)]);
                    booked++;
                    break;
            }

            (await pair.Check()).ShouldBeEmpty();
            (await db.Contacts.CountAsync()).ShouldBe(3 - merges.Count);
            (await db.Contacts.SumAsync(c => c.Bookings)).ShouldBe(booked);
            (await db.Notes.CountAsync()).ShouldBe(notes);
        }
    }
}

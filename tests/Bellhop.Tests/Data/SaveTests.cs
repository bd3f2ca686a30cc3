using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

public sealed class SaveTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_changed_row_of_which_no_event_tells_is_refused_and_stays_as_it_was(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("b1")).ContactId!.Value;
        await using var db = house.Open();

        foreach (var told in new Guid?[] { null, Guid.CreateVersion7() }) // nothing, or of somebody else
        {
            var error = await Should.ThrowAsync<InvalidOperationException>(() =>
                db.Save(async () =>
                {
                    (await db.Contacts.SingleAsync(c => c.Id == guest)).Name = "Another";
                    if (told is { } other)
                    {
                        db.Happened(house.Owner, "contact.updated", "contact", other);
                    }
                })
            );
            error.Message.ShouldBe("A contact was changed and no event says so: call db.Happened in the same save.");
            (await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == guest)).Name.ShouldBe("Ana");
        }

        await db.Save(async () =>
        {
            (await db.Contacts.SingleAsync(c => c.Id == guest)).Name = "Another";
            await db.Flush(default); // said after it is written, which is soon enough
            db.Happened(house.Owner, "contact.updated", "contact", guest);
        });
        (await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == guest)).Name.ShouldBe("Another");
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Figures_follow_any_change_of_a_booking_and_what_is_derived_needs_no_event(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = (await house.Book("b1")).ContactId!.Value;
        var zoe = (await house.Book("b2", phone: "+351912345679", name: "Zoe")).ContactId!.Value;
        await using var db = house.Open();

        await db.Save(async () =>
        {
            (await db.Bookings.SingleAsync(b => b.OrganizationId == house.OrganizationId && b.ExternalId == "b1")).Converted = 777;
        });
        (await Shown(ana)).ShouldBe((1, 777));

        await db.Save(async () =>
        {
            var booking = await db.Bookings.SingleAsync(b => b.OrganizationId == house.OrganizationId && b.ExternalId == "b1");
            booking.ContactId = zoe;
            db.Happened(house.Owner, "booking.updated", "booking", booking.Id);
        });
        (await Shown(ana)).ShouldBe((0, 0));
        (await Shown(zoe)).ShouldBe((2, 10_777));

        async Task<(int, long)> Shown(Guid id)
        {
            var contact = await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == id);
            return (contact.Bookings, contact.Spent);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Many_new_rows_may_take_the_names_that_changed_rows_give_up_in_the_same_save(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        Tag Named(string name) =>
            new()
            {
                OrganizationId = house.OrganizationId,
                Name = name,
                NameKey = Tag.Key(name),
            };
        var names = Enumerable.Range(0, 50).Select(i => $"Tag {i}").ToList();
        await db.Arrange(() =>
        {
            db.AddRange([.. names.Select(Named)]);
            return Task.CompletedTask;
        });

        await db.Arrange(async () =>
        {
            foreach (var tag in await db.Tags.Where(t => t.OrganizationId == house.OrganizationId).ToListAsync())
            {
                (tag.Name, tag.NameKey) = ("Old " + tag.Name, Tag.Key("Old " + tag.Name));
            }

            db.AddRange([.. names.Select(Named)]);
        });

        // What changes beside them takes no name.
        await db.Arrange(async () =>
        {
            (await db.Tags.FirstAsync(t => t.OrganizationId == house.OrganizationId && t.Name == "Tag 7")).Color = TagColor.Teal;
            db.AddRange([.. names.Select(n => Named("New " + n))]);
        });

        var stored = await db.Tags.AsNoTracking().Where(t => t.OrganizationId == house.OrganizationId).ToListAsync();
        stored
            .Select(t => t.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(names.Concat(names.Select(n => "New " + n)).Concat(names.Select(n => "Old " + n)).Order(StringComparer.Ordinal));
        stored.Single(t => t.Color == TagColor.Teal).Name.ShouldBe("Tag 7");
    }

    [Fact]
    public async Task A_save_that_deletes_personal_rows_leaves_nothing_in_the_log_file()
    {
        await using var house = await TestHouse.MakeNew("sqlite");
        var guest = (await house.Book("b1")).ContactId!.Value;
        await using var db = house.Open();
        await AddNote.Run(guest, new("Sleeps badly"), house.Owner, db, default);
        Log().ShouldBeGreaterThan(0);

        await db.Save(async () =>
        {
            db.Remove(await db.Notes.SingleAsync());
            db.Happened(house.Owner, "note.deleted", "contact", guest);
        });
        Log().ShouldBe(0);

        await house.Book("b2", phone: "+351912345679"); // nothing personal goes: nothing is scrubbed
        Log().ShouldBeGreaterThan(0);

        await db.ScrubOnce(
            async () =>
            {
                foreach (var id in await db.Contacts.Select(c => c.Id).ToListAsync())
                {
                    await DeleteContact.Run(id, house.Owner, db, IfMatch.Any, default);
                    Log().ShouldBeGreaterThan(0);
                }
            },
            isDue: false,
            default
        );
        Log().ShouldBe(0);

        long Log() => new FileInfo(house.Database.File + "-wal").Length;
    }
}

using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Demo;

/// <summary>What the demo's team wrote down: tags on guests, notes, what is due today, and saved segments.</summary>
internal static class DemoRemarks
{
    private static readonly (NoteKind Kind, string Text, bool Pinned, int? Due)[] Notes =
    [
        (NoteKind.Allergy, "Allergic to walnuts: tell the kitchen.", true, null),
        (NoteKind.Preference, "Likes the bed by the window, away from the lift.", false, null),
        (NoteKind.Incident, "Left without paying for the minibar last time.", true, null),
        (NoteKind.Other, "Birthday cake is ordered: fetch it from the bakery before six.", false, 0),
        (NoteKind.Other, "Call back about the airport pick-up. @Rita Vilar", false, 0),
        (NoteKind.Other, "Parcel at the desk, hand it over at check-in.", false, 0),
        (NoteKind.Other, "Ask for the missing invoice address.", false, -1),
        (NoteKind.Preference, "Comes with a bicycle: keep a place in the yard.", false, 1),
    ];

    public static async Task Write(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var mine = db.Contacts.AsNoTracking().VisibleTo(who, db.ContactsAtProperty);
        await Tag("Regular", TagColor.Teal, mine.Where(c => c.Bookings >= 3), who, db, cancel);
        await Tag("VIP", TagColor.Purple, mine.Where(c => c.Spent >= 120_000), who, db, cancel);
        await Tag("Long stay", TagColor.Yellow, mine.Where(c => c.Bookings <= 2 && c.Spent >= 60_000), who, db, cancel);
        await Note(who, db, cancel);
        foreach (
            var (name, filter) in new (string, ContactFilter)[]
            {
                ("Regulars", new(MinBookings: 3)),
                ("Best guests", new(MinSpent: 1000)),
                ("From Booking.com", new(Sources: [Source.BookingCom])),
            }
        )
        {
            await AddSegment.Run(new(name, new RuleLeaf(filter).ToElement(), Shared: true), who, db, cancel);
        }
    }

    private static Task Tag(string name, TagColor color, IQueryable<Contact> guests, Actor who, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                var tag = TagRules.Make(name, color, who, db.Now);
                db.Tags.Add(tag);
                db.Happened(who, "tag.created", "tag", tag.Id);
                await TagMany.Change(tag, put: true, await guests.Select(c => c.Id).ToListAsync(cancel), whole: false, who, db, cancel);
            },
            cancel
        );

    /// <summary>Writes a note about every third guest who is in the house, arrives today or soon.</summary>
    private static async Task Note(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(db.Now);
        await db.Save(
            async () =>
            {
                var guests = await db
                    .Bookings.AsNoTracking()
                    .VisibleTo(who)
                    .Where(b => b.ContactId != null && b.Arrival >= today && b.Arrival <= today.AddDays(2))
                    .OrderBy(b => b.Arrival)
                    .ThenBy(b => b.Reference)
                    .Select(b => b.ContactId!.Value)
                    .ToListAsync(cancel);
                var some = guests.Distinct().Where((_, i) => i % 3 == 0).ToList();
                for (var i = 0; i < some.Count; i++)
                {
                    var (kind, text, pinned, due) = Notes[i % Notes.Length];
                    var note = new Note
                    {
                        OrganizationId = who.OrganizationId,
                        ContactId = some[i],
                        Text = text,
                        Kind = kind,
                        Pinned = pinned,
                        Due = due is { } days ? today.AddDays(days) : null,
                        AuthorKind = who.Kind,
                        AuthorId = who.Id,
                        AuthorName = who.Name,
                        CreatedAt = db.Now,
                        UpdatedAt = db.Now,
                    };
                    db.Notes.Add(note);
                    db.Happened(who, "note.created", "contact", some[i]);
                    await Mentions.Write(note, isNew: true, who, db, cancel);
                }
            },
            cancel
        );
    }
}

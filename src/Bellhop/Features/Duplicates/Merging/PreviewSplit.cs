using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Notes;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Duplicates;

/// <summary>Shows what a split would make of a merged contact, and whose each thing is that came since. It changes nothing.</summary>
public static class PreviewSplit
{
    private const int Excerpt = 80;

    /// <param name="Id">The contact's.</param>
    /// <param name="Bookings">How many it would have of those that count.</param>
    public sealed record Side(Guid Id, string? Name, string? Phone, string? Email, int Bookings, int Notes, int Conversations);

    /// <param name="ItemId">The row's id.</param>
    /// <param name="Kind">As <see cref="SeeMerge.Item"/> has it.</param>
    /// <param name="At">When it came, UTC.</param>
    /// <param name="ToOther">True: the other's; false: the kept contact's; null: nobody can tell.</param>
    /// <param name="By">The phone, address or id that it came by; null for none.</param>
    /// <param name="Stay">Arrival and departure of a booking, where the actor may see bookings.</param>
    /// <param name="Author">Who wrote a note.</param>
    /// <param name="Text">The beginning of a note, an identity, or why points were given or taken.</param>
    /// <param name="Points">The points that were given, or taken below 0.</param>
    public sealed record Item(
        Guid ItemId,
        string Kind,
        DateTime At,
        bool? ToOther,
        string? By,
        (DateOnly Arrival, DateOnly Departure)? Stay,
        string? Author,
        string? Text,
        long? Points
    );

    /// <param name="LaterId">The later merge that must be taken back first; null for none. Then nothing is dealt out yet.</param>
    /// <param name="This">The kept contact after the split.</param>
    /// <param name="Other">The contact that would be itself again.</param>
    /// <param name="Since">What came since the merge, the oldest first.</param>
    public sealed record Row(MergeRow Merge, Guid? LaterId, Side This, Side Other, IReadOnlyList<Item> Since);

    /// <param name="assigned">What a person decided so far, by the row's id: true gives it to the other.</param>
    /// <exception cref="Refusal">404, 403 as for merging.</exception>
    public static async Task<Row> Run(Guid id, IReadOnlyDictionary<Guid, bool> assigned, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var (merge, kept) = await Merges.Find(id, who, db, cancel);
        var state = MergeState.Of(merge);
        var last = await Merges.Last(merge.ContactId, merge.OrganizationId, db, cancel);
        var plan = await SplitPlan.Of(merge, state, assigned, db, cancel);
        var other = (Contact)state.Other.Make(db.Model.FindEntityType(typeof(Contact))!, db);
        GuestValues.Split(kept, state, plan.LeadsToOther, db);
        var row = new Row(
            MergeRow.Of(merge),
            last is null || last.Id == merge.Id ? null : last.Id,
            Of(kept, plan, toOther: false),
            Of(other, plan, toOther: true),
            [.. plan.Since.Select(r => Of(r, who))]
        );
        db.ChangeTracker.Clear(); // nothing of it is saved
        return row;
    }

    private static Side Of(Contact contact, SplitPlan plan, bool toOther)
    {
        var rows = plan.Rows(toOther).Where(r => r.IsBoths || r.ToOther == toOther).ToList();
        return new(
            contact.Id,
            contact.Name,
            contact.Phone,
            contact.Email,
            rows.Count(r => r.Entry.Entity is Booking { IsCounted: true }),
            rows.Count(r => r.Entry.Entity is Note),
            rows.Count(r => r.Table.Rule.Asked == "conversation")
        );
    }

    private static Item Of(SplitPlan.Row row, Actor who) =>
        new(
            row.Id,
            row.Table.Rule.Asked!,
            row.Table.At(row.Entry),
            row.ToOther,
            By(row),
            row.Entry.Entity is Booking stay && who.Can(Permission.BookingsView) ? (stay.Arrival, stay.Departure) : null,
            (row.Entry.Entity as Note)?.AuthorName,
            row.Entry.Entity switch
            {
                Note note => Short(note.Text),
                LoyaltyEntry { Reason: { } reason } => Short(reason),
                Identity identity => identity.Label ?? identity.Value,
                _ => null,
            },
            (row.Entry.Entity as LoyaltyEntry)?.Points
        );

    private static string Short(string text) => text.Length <= Excerpt ? text : text[..Excerpt].TrimEnd() + "…";

    private static string? By(SplitPlan.Row row) =>
        row.Entry.Entity is Identity
            ? null
            : row
                .Table.Rule.CameBy.Select(name => ((PropertyEntry)row.Entry.Property(name)).CurrentValue)
                .OfType<string>()
                .FirstOrDefault();
}

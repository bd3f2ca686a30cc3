using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>Redeems a member's points, or adjusts them with a reason. Neither takes the balance below 0.</summary>
public static class AddLoyaltyEntry
{
    public const string Adjustment = "adjustment";
    public const string Redemption = "redemption";

    /// <param name="PropertyId">Whose programme.</param>
    /// <param name="Kind"><c>adjustment</c> or <c>redemption</c>.</param>
    /// <param name="Points">For an adjustment what is added, below 0 to take away; for a redemption what is redeemed, above 0.</param>
    /// <param name="Reason">Staff's words, up to 500 characters; an adjustment needs them.</param>
    /// <param name="BookingId">The guest's booking at the property that the points pay for. Without one there is no maximum.</param>
    public sealed record Input(Guid PropertyId, string Kind, long Points, string? Reason = null, Guid? BookingId = null);

    /// <exception cref="Refusal">404 for a member or booking that the actor does not see; 400 listing every field at fault; 409
    /// <c>not-enough-points</c>, <c>over-maximum</c>.</exception>
    public static async Task<Saved<LoyaltyEntryRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.LoyaltyManage);
        var errors = new ValidationErrors();
        var redeems = input.Kind == Redemption;
        if (!redeems && input.Kind != Adjustment)
        {
            errors.Add("kind", "OneOf", $"{Adjustment}, {Redemption}");
        }

        errors.Range("points", input.Points, redeems ? 1 : -Programme.PointsMost, Programme.PointsMost);
        if (!redeems && input.Points == 0)
        {
            errors.Add("points", ErrorText.Of<LoyaltyTexts>("NoPoints"));
        }

        var reason = errors.Text("reason", input.Reason, LoyaltyEntry.ReasonMax, required: !redeems);
        if (!redeems && input.BookingId is not null)
        {
            errors.Add("bookingId", ErrorText.Of<LoyaltyTexts>("NotForAdjustment"));
        }

        errors.Refuse();
        return await db.Save(
            async () =>
            {
                var (programme, member) = await ChangeMembership.ForChange(input.PropertyId, id, who, db, cancel);
                var change = redeems ? -input.Points : input.Points;
                if (change < 0 && member.Points + change < 0)
                {
                    var has = decimal.Max(member.Points, 0);
                    throw Refusal.Conflict("not-enough-points", ErrorText.Of<LoyaltyTexts>("NotEnough", has), ("points", member.Points));
                }

                if (input.BookingId is { } bookingId)
                {
                    var most = await Left(bookingId, member, programme, db, cancel);
                    if (input.Points > most)
                    {
                        throw Refusal.Conflict("over-maximum", ErrorText.Of<LoyaltyTexts>("OverMaximum", most), ("maximum", most));
                    }
                }

                var entry = member.Write(
                    redeems ? LoyaltyKind.Redemption : LoyaltyKind.Adjustment,
                    change,
                    programme,
                    db,
                    e => e with { BookingId = input.BookingId, Reason = reason, AuthorId = who.Id, AuthorName = who.Name }
                );
                var action = redeems ? "contact.redeemedPoints" : "contact.adjustedPoints";
                db.Concerns(db.Happened(who, action, "contact", id), id, input.PropertyId);
                return new Saved<LoyaltyEntryRow>(LoyaltyEntryRow.Of(entry), entry.At, $"/contacts/{id}/loyalty", id);
            },
            cancel
        );
    }

    /// <summary>How many points may still be redeemed for a booking of the member.</summary>
    /// <exception cref="Refusal">404 for a booking that is not this guest's at this property.</exception>
    internal static async Task<long> Left(Guid bookingId, LoyaltyMember member, Programme programme, BellhopDb db, CancellationToken cancel)
    {
        var booking =
            await db
                .Bookings.AsNoTracking()
                .SingleOrDefaultAsync(
                    b =>
                        b.OrganizationId == member.OrganizationId
                        && b.Id == bookingId
                        && b.PropertyId == member.PropertyId
                        && b.ContactId == member.ContactId,
                    cancel
                )
            ?? throw Refusal.NotThere("booking", bookingId);
        var redeemed = await db
            .LoyaltyEntries.Where(e =>
                e.OrganizationId == member.OrganizationId && e.BookingId == bookingId && e.Kind == LoyaltyKind.Redemption
            )
            .SumAsync(e => -e.Points, cancel);
        return await LoyaltyMath.Left(booking, redeemed, programme, db, cancel);
    }
}

/// <summary>An entry of a ledger as the API and the profile show it.</summary>
/// <param name="Kind"><c>earned</c>, <c>reversed</c>, <c>welcome</c>, <c>adjustment</c> or <c>redemption</c>; <c>merged</c> for each of
/// these that came from a contact that was merged into this one.</param>
/// <param name="Points">Below 0 for what was taken.</param>
/// <param name="BookingId">The booking it is about.</param>
/// <param name="Reason">Staff's words.</param>
/// <param name="Who">Who wrote it; null for what follows from a booking.</param>
public sealed record LoyaltyEntryRow(
    Guid Id,
    DateTime At,
    string Kind,
    long Points,
    Guid? BookingId,
    string? Reason,
    LoyaltyEntryRow.Author? Who
)
{
    /// <param name="Id">The id of the user or key.</param>
    /// <param name="Name">The author's name at that time.</param>
    public sealed record Author(Guid Id, string Name);

    /// <summary>What it was before a merge, as pages say it.</summary>
    [JsonIgnore]
    public LoyaltyKind Was { get; init; }

    /// <summary>The booking as pages name it; null where there is none.</summary>
    [JsonIgnore]
    public BookingName? Booking { get; init; }

    /// <summary>A booking as pages name it.</summary>
    public sealed record BookingName(Guid Id, string? Reference, DateOnly Arrival, DateOnly Departure, Money Total);

#pragma warning disable CA1308 // the API's names are lower-case
    internal static LoyaltyEntryRow Of(LoyaltyEntry e) =>
        new(
            e.Id,
            e.At,
            e.ContactId == e.WrittenFor ? e.Kind.ToString().ToLowerInvariant() : "merged",
            e.Points,
            e.BookingId,
            e.Reason,
            e is { AuthorId: { } id, AuthorName: { } name } ? new(id, name) : null
        )
        {
            Was = e.Kind,
        };
#pragma warning restore CA1308
}

using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.RealAddresses;

/// <summary>Staff ask the guest of a booking for the real address: by WhatsApp, or by a code on paper.</summary>
public static class AskAddress
{
    /// <param name="Way"><c>whatsApp</c> or <c>code</c>.</param>
    public sealed record Input(string Way);

    /// <param name="Way"><c>whatsApp</c> or <c>code</c>.</param>
    /// <param name="ExpiresAt">The end of the day of check-out, UTC.</param>
    /// <param name="Link">For WhatsApp: the link that opens the chat with the question in it.</param>
    /// <param name="Code">For a code: what is printed, shown this once. An earlier code of the booking stops working.</param>
    /// <param name="Path">For a code: the page that it leads to, from the site's root.</param>
    public sealed record Row(string Way, DateTime ExpiresAt, string? Link = null, string? Code = null, string? Path = null);

    /// <exception cref="Refusal">403 without bookings.manage and contacts.edit; 400 for an unknown way; 404; 409 <c>no-guest</c> for a
    /// booking without a contact, <c>checked-out</c> after the stay, <c>no-whatsapp</c> without a valid number.</exception>
    public static async Task<Answered<Row>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        IStringLocalizer<RealAddressTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.BookingsManage);
        who.Demand(Permission.ContactsEdit);
        var way = Find(input.Way) ?? throw Refusal.Invalid("way", ErrorText.Of<PlatformTexts>("Error.OneOf", "whatsApp, code"));
        return await db.Save(
            async () =>
            {
                var booking = await GetBooking.ForChange(id, who, db, cancel);
                var contact =
                    await SaveAddress.GuestOf(booking, who.OrganizationId, db, cancel)
                    ?? throw Refusal.Conflict("no-guest", ErrorText.Of<BookingTexts>("NoGuest"));
                var property = (await db.FindProperty(booking.PropertyId, who, cancel))!;
                var expires = Until(booking, property);
                if (!IsAsked(booking) || expires <= db.Now)
                {
                    throw Refusal.Conflict("checked-out", ErrorText.Of<RealAddressTexts>("CheckedOut"));
                }

                var digits = way == AskWay.WhatsApp && contact.Phone is { } phone ? Phone.WhatsAppDigits(phone) : null;
                if (way == AskWay.WhatsApp && digits is null)
                {
                    throw Refusal.Conflict("no-whatsapp", ErrorText.Of<RealAddressTexts>("NoWhatsApp"));
                }

                var (code, hash) = way == AskWay.Code ? AddressCode.New(who.OrganizationId) : (null, null);
                await db
                    .AddressAsks.Where(a => a.OrganizationId == who.OrganizationId && a.BookingId == id && a.Way == way && a.UsedAt == null)
                    .ExecuteDeleteAsync(cancel);
                db.AddressAsks.Add(
                    new()
                    {
                        OrganizationId = who.OrganizationId,
                        BookingId = id,
                        Way = way,
                        CodeHash = hash,
                        CreatedAt = db.Now,
                        ExpiresAt = expires,
                    }
                );
                db.Concerns(db.Happened(who, "booking.addressAsked", "booking", id), contact.Id, booking.PropertyId);
                var row = new Row(
                    NameOf(way),
                    expires,
                    digits is null ? null : LinkOf(digits, property.Name, texts),
                    code,
                    code is null ? null : "/address/" + code
                );
                return new Answered<Row>(row, 201, ContactId: contact.Id) { Keep = row with { Code = null, Path = null } };
            },
            cancel
        );
    }

    /// <summary>The link that opens a chat with the guest, with the question in it.</summary>
    internal static string LinkOf(string digits, string property, IStringLocalizer<RealAddressTexts> texts) =>
        $"https://wa.me/{digits}?text={Uri.EscapeDataString(texts["Ask.Text", property])}";

    /// <summary>Whether the guest of the booking is still to come, or here.</summary>
    internal static bool IsAsked(Booking booking) => booking.Status is BookingStatus.Confirmed or BookingStatus.InHouse;

    internal static DateTime Until(Booking booking, Property property) => booking.Departure.AddDays(1).StartIn(property.Zone);

    private static string NameOf(AskWay way) => way == AskWay.Code ? "code" : "whatsApp";

    private static AskWay? Find(string name) =>
        name switch
        {
            "whatsApp" => AskWay.WhatsApp,
            "code" => AskWay.Code,
            _ => null,
        };
}

using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Profile;

/// <summary>Where a guest came from: the first time, the last time, and the last time before the latest booking.</summary>
public static class SeeSources
{
    /// <param name="At">UTC.</param>
    /// <param name="Ad">What the advertisement said that brought the guest; null for none.</param>
    /// <param name="AdUrl">Where the advertisement stands; null where it is no address of the web.</param>
    public sealed record Arrival(Source Source, DateTime At, string? Ad, string? AdUrl);

    /// <param name="BeforeBooking">The last arrival before the latest booking that was no booking itself.</param>
    public sealed record Row(Arrival? First, Arrival? Last, Arrival? BeforeBooking);

    /// <exception cref="Refusal">404 for a contact that the actor does not see.</exception>
    public static async Task<Row> Run(Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        await ContactSeen.Demand(contactId, who, db, cancel);
        var touches = db.Touches.AsNoTracking().Where(t => t.OrganizationId == who.OrganizationId && t.ContactId == contactId);
        if (who.Properties is { } limited)
        {
            touches = touches.Where(t => limited.Contains(t.PropertyId));
        }

        var first = await touches.OrderBy(t => t.At).ThenBy(t => t.Id).FirstOrDefaultAsync(cancel);
        var newest = touches.OrderByDescending(t => t.At).ThenByDescending(t => t.Id);
        var last = await newest.FirstOrDefaultAsync(cancel);
        var booking = await newest.FirstOrDefaultAsync(t => t.Kind == TouchKind.Booking, cancel);
        var before = booking is null
            ? null
            : await newest.FirstOrDefaultAsync(t => t.Kind != TouchKind.Booking && t.At <= booking.At, cancel);
        return new(Of(first), Of(last), Of(before));
    }

    private static Arrival? Of(Touch? touch)
    {
        if (touch is null)
        {
            return null;
        }

        using var ad = touch.Referral is null ? null : JsonDocument.Parse(touch.Referral);
        var address = Word(ad, "sourceUrl");
        return new(
            touch.Source,
            touch.At,
            ad is null ? null : Word(ad, "headline") ?? Word(ad, "ref") ?? Word(ad, "sourceId"),
            Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? address : null
        );
    }

    private static string? Word(JsonDocument? ad, string name) =>
        ad is not null
        && ad.RootElement.ValueKind == JsonValueKind.Object
        && ad.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

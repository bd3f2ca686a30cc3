using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>
/// Changes a property's name, currency, zone, country, opening hours or embedding pages. With another zone its days begin at another time,
/// so a background job recomputes the figures.
/// </summary>
public static class ChangeProperty
{
    /// <param name="Name">Unique in the organisation, ignoring case.</param>
    /// <param name="Currency">ISO 4217. Bookings keep their own currency.</param>
    /// <param name="TimeZone">IANA.</param>
    /// <param name="Country">ISO 3166-1 alpha-2. Phones that are stored already do not change.</param>
    /// <param name="EmbedOrigins">Origins of pages that may show the booking form in a frame, such as <c>https://www.example.org</c>. With
    /// none, or null, no page may.</param>
    /// <param name="OpeningHours">When its reception is open; none, or null, to say nothing of it.</param>
    public sealed record Input(
        Optional<string> Name = default,
        Optional<string> Currency = default,
        Optional<string> TimeZone = default,
        Optional<string> Country = default,
        Optional<IReadOnlyList<string>?> EmbedOrigins = default,
        Optional<IReadOnlyList<OpeningTime>?> OpeningHours = default
    );

    /// <exception cref="Refusal">404; 412 when <paramref name="match"/> names another version; 400 listing every field at fault; 409
    /// <c>duplicate-property</c>.</exception>
    public static async Task<Saved<PropertyRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        return await db.Save(
            async () =>
            {
                var property =
                    await db.Properties.VisibleTo(who).SingleOrDefaultAsync(p => p.Id == id, cancel)
                    ?? throw Refusal.NotThere("property", id);
                match.Demand(property.UpdatedAt);
                Write(property, input);
                var changed = db.Entry(property).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name).ToList();
                if (changed.Count == 0)
                {
                    return new Saved<PropertyRow>(PropertyRow.Of(property), property.UpdatedAt);
                }

                if (
                    changed.Contains(nameof(Property.NameKey))
                    && await db.Properties.AnyAsync(
                        p => p.OrganizationId == who.OrganizationId && p.NameKey == property.NameKey && p.Id != id,
                        cancel
                    )
                )
                {
                    throw Refusal.Conflict("duplicate-property", ErrorText.Of<PropertyTexts>("DuplicateProperty"));
                }

                if (changed.Contains(nameof(Property.TimeZone)))
                {
                    await db.QueueConvert(who, new(PropertyId: id), cancel);
                    await db.QueueRollLast(who.OrganizationId, id, null, cancel);
                }

                property.UpdatedAt = db.Now.After(property.UpdatedAt);
                db.Happened(
                    who,
                    "property.updated",
                    "property",
                    id,
                    changed
                        .Where(c => c != nameof(Property.NameKey))
                        .Select(c => c == nameof(Property.Hours) ? "openingHours" : char.ToLowerInvariant(c[0]) + c[1..])
                );
                return new Saved<PropertyRow>(PropertyRow.Of(property), property.UpdatedAt);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
    }

    private static void Write(Property property, Input input)
    {
        var errors = new ValidationErrors();
        var name = PlaceRules.Name(input.Name, property.Name, errors);
        var currency = PlaceRules.Currency(input.Currency, property.Currency, errors);
        var zone = PlaceRules.TimeZone(input.TimeZone, property.TimeZone, errors);
        var country = PlaceRules.Country(input.Country, property.Country, errors);
        var origins = input.EmbedOrigins.IsGiven
            ? EmbedOrigin.Read("embedOrigins", input.EmbedOrigins.Value ?? [], errors)
            : property.EmbedOrigins;
        var hours = input.OpeningHours.IsGiven ? OpeningHours.Read("openingHours", input.OpeningHours.Value ?? [], errors) : property.Hours;
        errors.Refuse();
        (property.EmbedOrigins, property.Hours) = (origins, hours);
        (property.Name, property.NameKey, property.Currency, property.TimeZone, property.Country) = (
            name!,
            PlaceRules.NameKey(name!),
            currency!,
            zone!,
            country!
        );
    }
}

using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>A property as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="EmbedOrigins">Origins of the web pages that may show its booking form in a frame.</param>
/// <param name="OpeningHours">When its reception is open, Monday first; empty when nobody said.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record PropertyRow(
    Guid Id,
    string Name,
    string Currency,
    string TimeZone,
    string Country,
    IReadOnlyList<string> EmbedOrigins,
    IReadOnlyList<OpeningTime> OpeningHours,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    internal static PropertyRow Of(Property p) =>
        new(
            p.Id,
            p.Name,
            p.Currency,
            p.TimeZone,
            p.Country,
            p.EmbedOrigins.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Properties.OpeningHours.Of(p.Hours),
            p.CreatedAt,
            p.UpdatedAt
        );
}

/// <summary>Rules for the names, currencies, zones and countries of properties and organisations.</summary>
internal static class PlaceRules
{
    public const int NameMax = 200;

    public static string NameKey(string name) => Fold.Key(name) is { Length: > 0 } key ? key : name;

    /// <summary>The given value, checked; the present value when none is given.</summary>
    public static string? Name(Optional<string> given, string? present, ValidationErrors errors) =>
        given.IsGiven ? errors.Text("name", given.Value, NameMax, required: true) : present;

    /// <inheritdoc cref="Name"/>
    public static string? Currency(Optional<string> given, string? present, ValidationErrors errors) =>
        given.IsGiven ? Currency("currency", given.Value, errors) : present;

    /// <inheritdoc cref="Name"/>
    public static string? TimeZone(Optional<string> given, string? present, ValidationErrors errors) =>
        given.IsGiven ? TimeZone("timeZone", given.Value, errors) : present;

    /// <inheritdoc cref="Name"/>
    public static string? Country(Optional<string> given, string? present, ValidationErrors errors) =>
        given.IsGiven ? Country("country", given.Value, errors) : present;

    public static string? Currency(string field, string? raw, ValidationErrors errors) =>
        One(field, raw, Platform.Currency.IsKnown, "Currency", errors);

    public static string? TimeZone(string field, string? raw, ValidationErrors errors) =>
        One(field, raw, zone => Clock.Zone(zone) is not null, "TimeZone", errors);

    public static string? Country(string field, string? raw, ValidationErrors errors) =>
        One(field, raw, Platform.Country.IsKnown, "Country", errors);

    private static string? One(string field, string? raw, Func<string, bool> known, string error, ValidationErrors errors)
    {
        if (raw is not null && known(raw))
        {
            return raw;
        }

        errors.Add(field, raw is null ? "Required" : error);
        return null;
    }
}

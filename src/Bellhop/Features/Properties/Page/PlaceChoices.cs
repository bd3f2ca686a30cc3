using System.Globalization;
using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Properties;

/// <summary>The countries, currencies and zones that pages offer.</summary>
internal static class PlaceChoices
{
    public static IReadOnlyList<(string Value, string Text)> Countries() =>
        [
            .. Country
                .All.Select(code => (code, CountryNames.Show(code, Languages.Tag)))
                .OrderBy(c => c.Item2, StringComparer.CurrentCultureIgnoreCase),
        ];

    public static IReadOnlyList<(string Value, string Text)> Currencies()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            names.TryAdd(region.ISOCurrencySymbol, region.CurrencyEnglishName);
        }

        return
        [
            .. Currency.All.Select(code => (code, names.TryGetValue(code, out var name) && name.Length > 0 ? $"{code} · {name}" : code)),
        ];
    }

    /// <summary>Zones by IANA name.</summary>
    public static IReadOnlyList<(string Value, string Text)> Zones() =>
        [
            .. TimeZoneInfo
                .GetSystemTimeZones()
                .Where(zone => Clock.Zone(zone.Id) is not null && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))
                .Select(zone => zone.Id)
                .Append("UTC")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(id => (id, id.Replace('_', ' '))),
        ];
}

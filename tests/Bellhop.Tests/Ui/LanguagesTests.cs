using System.Globalization;
using Bellhop.Ui;
using Microsoft.AspNetCore.Builder;

namespace Bellhop.Tests.Ui;

public class LanguagesTests
{
    [Fact]
    public void Days_are_gregorian_in_every_region()
    {
        var options = new RequestLocalizationOptions();
        Languages.Configure(options, pseudo: false);
        var day = new DateOnly(2026, 11, 14);

        foreach (var region in options.SupportedCultures!.SelectMany(r => new[] { Languages.Of(r, r), Languages.Of(r, new("en")) }))
        {
            CultureInfo.CurrentCulture = region;
            var digits = string.Concat(
                Show.Day(day)
                    .Where(char.IsDigit)
                    .Select(d => CharUnicodeInfo.GetDecimalDigitValue(d).ToString(CultureInfo.InvariantCulture))
            );

            digits.ShouldContain("2026", Case.Sensitive, $"{region.Name} writes {Show.Day(day)}");
        }
    }
}

using System.CommandLine;
using System.Globalization;

namespace Bellhop.Host;

/// <summary>An option that takes a day. The library's own reading would follow the machine's language.</summary>
internal static class DayOption
{
    public static Option<DateOnly?> Make(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "DATE",
            CustomParser = given =>
            {
                if (
                    DateOnly.TryParseExact(
                        given.Tokens[0].Value,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                )
                {
                    return day;
                }

                given.AddError($"{name} takes a day as YYYY-MM-DD; '{given.Tokens[0].Value}' is none.");
                return null;
            },
        };
}

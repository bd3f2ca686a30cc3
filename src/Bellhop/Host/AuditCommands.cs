using System.CommandLine;
using System.Globalization;
using Bellhop.Features.Audit;

namespace Bellhop.Host;

/// <summary><c>audit forget</c>.</summary>
internal static class AuditCommands
{
    public static void AddAuditCommands(this RootCommand root, CommandLine line)
    {
        var before = DayOption.Make("--before", "Events of this day and later are kept, YYYY-MM-DD in the organisation's time zone");
        before.Required = true;
        var yes = new Option<bool>("--yes") { Description = "Forgets them; without it, they are only counted" };
        var organization = SetupCommands.OrganizationOption();
        var forget = new Command("forget", "Deletes old events from the audit log and the timelines, for good; the log says how many")
        {
            before,
            yes,
            organization,
        };
        line.Does(
            forget,
            async (result, work, cancel) =>
            {
                var who = await work.For(result.GetValue(organization), cancel);
                var day = result.GetRequiredValue(before)!.Value;
                var forgets = result.GetValue(yes);
                var number = forgets
                    ? await ForgetEvents.Run(day, who, work.Db, cancel)
                    : await ForgetEvents.Count(day, who, work.Db, cancel);
                var said = string.Create(CultureInfo.InvariantCulture, $"{number} events before {day:yyyy-MM-dd}");
                Console.WriteLine(forgets ? $"{said} are forgotten." : $"{said}. --yes forgets them for good.");
                return 0;
            }
        );
        root.Add(new Command("audit", "The log of who did what") { forget });
    }
}

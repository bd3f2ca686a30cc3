using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bellhop.Features.Doctor;

namespace Bellhop.Host;

/// <summary><c>doctor</c>.</summary>
internal static class DoctorCommand
{
    public static void AddDoctorCommand(this RootCommand root, CommandLine line)
    {
        var at = new Option<DateOnly?>("--at")
        {
            Description = "The day the figures are proved for, YYYY-MM-DD; default today",
            HelpName = "DATE",
            CustomParser = ReadDay,
        };
        var fix = new Option<bool>("--fix") { Description = "Writes what is right" };
        var organization = SetupCommands.OrganizationOption();
        var doctor = new Command(
            "doctor",
            "Recomputes every derived figure from its source rows and reports differences; exit 1 if there are any"
        )
        {
            at,
            fix,
            organization,
        };
        line.Does(
            doctor,
            async (result, work, cancel) =>
            {
                var who = await work.For(result.GetValue(organization), cancel);
                var found = 0L;
                var seen = Console.IsErrorRedirected ? null : new Seen();
                var input = new CheckFigures.Input(result.GetValue(at), result.GetValue(fix));
                await foreach (var difference in CheckFigures.Run(input, who, work.Db, cancel, seen))
                {
                    seen?.Clear();
                    found++;
                    Console.WriteLine(
                        $"{difference.Entity}\t{difference.Id}\t{difference.Field}\t{difference.Stored ?? "-"}\t{difference.Right ?? "-"}"
                    );
                }

                seen?.Clear();
                Console.Error.WriteLine(
                    found == 0 ? "Every figure agrees with its source rows."
                    : result.GetValue(fix) ? $"{found} differences, mended."
                    : $"{found} differences. --fix mends them."
                );
                return found == 0 ? 0 : 1;
            }
        );
        root.Add(doctor);
    }

    /// <summary>Shows the progress of the check in one line of a terminal. The line is removed before other output.</summary>
    private sealed class Seen : IProgress<long>
    {
        public void Report(long value) => Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value:N0} guests checked"));

        public void Clear() => Console.Error.Write("\r\e[K");
    }

    // The library would parse the day by the machine's language.
    private static DateOnly? ReadDay(ArgumentResult given)
    {
        if (DateOnly.TryParseExact(given.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        given.AddError($"--at takes a day as YYYY-MM-DD; '{given.Tokens[0].Value}' is none.");
        return null;
    }
}

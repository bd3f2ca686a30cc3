using System.CommandLine;
using System.Globalization;
using Bellhop.Features.Doctor;

namespace Bellhop.Host;

/// <summary><c>doctor</c>.</summary>
internal static class DoctorCommand
{
    public static void AddDoctorCommand(this RootCommand root, CommandLine line)
    {
        var at = DayOption.Make("--at", "The day the figures are proved for, YYYY-MM-DD; default today");
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
    private sealed class Seen : IProgress<CheckFigures.Seen>
    {
        public void Report(CheckFigures.Seen value) =>
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.Contacts:N0} of {value.Of:N0} guests checked"));

        public void Clear() => Console.Error.Write("\r\e[K");
    }
}

using System.CommandLine;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;

namespace Bellhop.Host;

/// <summary><c>export</c>.</summary>
internal static class ExportCommand
{
    public static void AddExportCommand(this RootCommand root, CommandLine line)
    {
        var to = new Argument<string>("FILE") { Description = "A new CSV file; one that exists is never overwritten" };
        var segment = new Option<string?>("--segment") { Description = "Only the guests of this saved segment", HelpName = "NAME" };
        var notes = new Option<bool>("--notes") { Description = "With the staff's notes, in a last column" };
        var mark = new Option<bool>("--bom") { Description = "With a byte order mark, by which Excel knows UTF-8" };
        var organization = SetupCommands.OrganizationOption();
        var export = new Command("export", "Writes the guests into a CSV file, newest first; also while Bellhop runs")
        {
            to,
            segment,
            notes,
            mark,
            organization,
        };
        line.Does(
            export,
            async (result, work, cancel) =>
            {
                var file = Path.GetFullPath(result.GetRequiredValue(to));
                if (Path.Exists(file))
                {
                    throw new OperatorProblem($"{file} exists already; an export never overwrites. Name another file.");
                }

                var who = await work.For(result.GetValue(organization), cancel);
                var filter = await Filter(result.GetValue(segment), who, work, cancel);
                var columns = ExportColumns.Read([], result.GetValue(notes), new());
                var rows = await Write(file, new(filter, ContactSort.Created, true, columns, result.GetValue(mark)), who, work, cancel);
                Console.WriteLine($"{rows} guests exported: {file}");
                return 0;
            }
        );
        root.Add(export);
    }

    /// <summary>The filter of the shared segment with this name. A command has no segments of its own.</summary>
    private static async Task<ContactFilter> Filter(string? segment, Actor who, CommandLine.Work work, CancellationToken cancel)
    {
        if (segment is null)
        {
            return ContactFilter.None;
        }

        var shared = await work
            .Db.Segments.AsNoTracking()
            .Where(s => s.OrganizationId == who.OrganizationId && s.ListedFor == Guid.Empty)
            .OrderBy(s => s.NameKey)
            .Select(s => new
            {
                s.Id,
                s.Name,
                s.NameKey,
            })
            .ToListAsync(cancel);
        return shared.Find(s => s.NameKey == Fold.Key(segment)) is { } found
            ? new(SegmentId: found.Id)
            : throw new OperatorProblem(
                shared.Count == 0
                    ? "There are no shared segments."
                    : $"There is no shared segment '{segment}'. There are: {string.Join(", ", shared.Select(s => s.Name))}"
            );
    }

    private static async Task<long> Write(string file, ExportRequest question, Actor who, CommandLine.Work work, CancellationToken cancel)
    {
        var isWhole = false;
        await using var written = DataFolder.New(file);
        try
        {
            var rows = await Followed(question, who, work, (bytes, _, gone) => written.WriteAsync(bytes, gone), cancel);
            await written.FlushAsync(cancel);
            written.Flush(flushToDisk: true);
            isWhole = true;
            return rows;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(file); // half a list would pass for a whole one
            }
        }
    }

    /// <summary>Exports, with a progress bar on standard error if that is a terminal.</summary>
    private static async Task<long> Followed(ExportRequest question, Actor who, CommandLine.Work work, Send send, CancellationToken cancel)
    {
        var screen = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !screen.Profile.Out.IsTerminal)
        {
            return await ExportContacts.Write(question, null, who, work.Db, send, cancel);
        }

        var total = (await SummarizeContacts.Run(question.Filter, who, work.Db, cancel)).TotalContacts;
        return await screen
            .Progress()
            .AutoClear(true)
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("Exporting", maxValue: Math.Max(1, total));
                return await ExportContacts.Write(
                    question,
                    null,
                    who,
                    work.Db,
                    async (bytes, rows, gone) =>
                    {
                        await send(bytes, rows, gone);
                        task.Value = rows;
                    },
                    cancel
                );
            });
    }
}

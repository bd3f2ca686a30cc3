using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bellhop.Features.Imports;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Spectre.Console;

namespace Bellhop.Host;

/// <summary><c>import</c>.</summary>
internal static class ImportCommand
{
    private const int AllIn = 0,
        SomeRefused = 1,
        Unusable = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    public static void AddImportCommand(this RootCommand root, CommandLine line)
    {
        var from = new Argument<string>("FILE") { Description = "CSV (any delimiter and encoding) or vCard 3.0 or 4.0" };
        var property = new Option<string>("--property")
        {
            Description = "Where the guests become known",
            HelpName = "NAME",
            Required = true,
        };
        var mode = new Option<string?>("--mode")
        {
            Description = "What becomes of known guests: create (nothing), fill (the default: what they have not) or overwrite",
            HelpName = "MODE",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Tells what each row would do, and writes nothing" };
        var map = new Option<string?>("--map")
        {
            Description = "Which columns are which fields, where their headings do not say",
            HelpName = "column=field,…",
        };
        var tags = new Option<string?>("--tags")
        {
            Description = "Tags for every guest of the file, with commas between",
            HelpName = "a,b,…",
        };
        var organization = SetupCommands.OrganizationOption();
        var import = new Command(
            "import",
            "Brings guests in from a file; also while Bellhop runs. Exit code 0: all rows in, 1: some refused (written "
                + "beside FILE), 2: the file cannot be used"
        )
        {
            from,
            property,
            mode,
            dryRun,
            map,
            tags,
            organization,
        };
        line.Does(
            import,
            async (result, work, cancel) =>
            {
                var file = Path.GetFullPath(result.GetRequiredValue(from));
                if (!File.Exists(file))
                {
                    throw new OperatorProblem($"There is no file {file}.") { ExitCode = Unusable };
                }

                var who = await work.For(result.GetValue(organization), cancel);
                var fields = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["dryRun"] = result.GetValue(dryRun) ? "true" : "false",
                };
                Set(
                    "propertyId",
                    (await NamedProperties.Of(who, work, cancel)).Find(result.GetRequiredValue(property), Unusable).ToString()
                );
                Set("mode", result.GetValue(mode));
                Set("tags", result.GetValue(tags));
                Set("mapping", result.GetValue(map) is { } pairs ? Mapping(pairs) : null);
                var id = await Receive(file, fields, who, work, cancel);
                return await Report(file, await Followed(id, who, work, cancel), who, work, cancel);

                void Set(string name, string? value)
                {
                    if (value is not null)
                    {
                        fields[name] = value;
                    }
                }
            }
        );
        root.Add(import);
    }

    /// <summary>
    /// Converts comma-separated <c>column=field</c> pairs to JSON. A comma before the <c>=</c> belongs to the column's name. A column may
    /// be in quotes.
    /// </summary>
    internal static string Mapping(string pairs)
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = "";
        foreach (var part in pairs.Split(','))
        {
            open += part;
            if (open.LastIndexOf('=') is var at && at > 0 && open.Count(c => c == '"') % 2 == 0)
            {
                mapping.TryAdd(open[..at].Trim().Trim('"'), open[(at + 1)..].Trim());
                open = "";
            }
            else
            {
                open += ",";
            }
        }

        return string.IsNullOrWhiteSpace(open.Replace(",", "", StringComparison.Ordinal))
            ? JsonSerializer.Serialize(mapping)
            : throw new OperatorProblem($"--map: '{open.TrimEnd(',')}' is not column=field.") { ExitCode = Unusable };
    }

    /// <summary>What was typed for a field of the upload, where the option has another name; a column as it is in the pair.</summary>
    private static string? Option(string field) =>
        field switch
        {
            "mapping" => "--map",
            "propertyId" => "--property",
            _ when field.StartsWith("mapping.", StringComparison.Ordinal) => $"--map '{field["mapping.".Length..]}'",
            _ => null,
        };

    private static async Task<Guid> Receive(
        string file,
        Dictionary<string, string> fields,
        Actor who,
        CommandLine.Work work,
        CancellationToken cancel
    )
    {
        var id = Guid.CreateVersion7();
        try
        {
            await using (var copy = ImportFolder.Create(work.Db, id))
            {
                await using var original = File.OpenRead(file);
                await original.CopyToAsync(copy, cancel);
            }

            await ReceiveImport.Take(new(id, Path.GetFileName(file), new FileInfo(file).Length, fields), who, work.Db, cancel);
            return id;
        }
        catch (Refusal refusal) when (refusal.Status == 400)
        {
            throw new OperatorProblem(CommandLine.Say(refusal, work.Get<IStringLocalizerFactory>(), Option), refusal)
            {
                ExitCode = Unusable,
            };
        }
        catch (IOException)
        {
            ImportFolder.Remove(work.Db, id);
            throw;
        }
    }

    /// <summary>Runs the import in this process, unless a server runs it. Shows a progress bar if standard error is a terminal.</summary>
    private static async Task<ImportRow> Followed(Guid id, Actor who, CommandLine.Work work, CancellationToken cancel)
    {
        var job = await work
            .Db.Imports.AsNoTracking()
            .Where(i => i.OrganizationId == who.OrganizationId && i.Id == id)
            .Select(i => i.JobId!.Value)
            .SingleAsync(cancel);
        var working = work.Services.GetServices<IHostedService>().OfType<JobRunner>().Single().RunNow(who.OrganizationId, job, cancel);
        var screen = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !screen.Profile.Out.IsTerminal)
        {
            return await Until(null);
        }

        return await screen
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress => Until(progress.AddTask("Importing")));

        async Task<ImportRow> Until(ProgressTask? bar)
        {
            while (true)
            {
                var now = (await GetImport.Read(id, who, work.Db, cancel))!;
                if (bar is not null && now.TotalRows > 0)
                {
                    (bar.MaxValue, bar.Value) = (now.TotalRows, now.ProcessedRows);
                }

                if (now.State is not (ImportState.Queued or ImportState.Running))
                {
                    await working;
                    return now;
                }

                await Task.Delay(Look, work.Get<TimeProvider>(), cancel);
            }
        }
    }

    private static async Task<int> Report(string file, ImportRow import, Actor who, CommandLine.Work work, CancellationToken cancel)
    {
        var texts = work.Get<IStringLocalizerFactory>();
        if (import.State != ImportState.Completed)
        {
            throw new OperatorProblem(
                import.Errors.Count > 0
                    ? string.Join(' ', import.Errors.Select(f => Refusals.Say(f, texts)))
                    : $"The import was {import.Status}."
            )
            {
                ExitCode = Unusable,
            };
        }

        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{import.Created} created, {import.Updated} updated, {import.Duplicates} known already, {import.Failed} "
                + $"refused, of {import.TotalRows} rows"
        );
        Console.WriteLine(import.DryRun ? "Rehearsed, nothing written: " + counts : counts);
        if (import.ForeignPhones > 0)
        {
            await Console.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{import.ForeignPhones} phone numbers have no country code and were read as other countries' numbers, "
                        + $"as a column of the file names them. If that column holds nationalities, leave it out."
                )
            );
        }

        if (import.Failed == 0)
        {
            return AllIn;
        }

        var errors = file + ".errors.csv";
        await using (var to = File.Create(errors))
        {
            await ListImportErrors.Write(await ListImportErrors.Find(import.Id, who, work.Db, cancel), to, who, work.Db, texts, cancel);
        }

        await Console.Error.WriteLineAsync($"The refused rows, with their reasons: {errors}");
        return SomeRefused;
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Bellhop.Host;

/// <summary>
/// The only code that reads the arguments: it finds the command and its settings. A failure is one line on standard error and an exit code
/// that is not 0.
/// </summary>
public sealed class CommandLine
{
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "The folder with the data (SQLite, keys, backups of migrations), relative to where you stand. Default: ./data. "
            + "Not used with ConnectionStrings__Postgres.",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Where to listen, separated by semicolons. Default: http://localhost:5080",
        HelpName = "URLS",
    };
    private readonly Option<bool> _demo = new("--demo") { Description = "Adds a lifelike demo organisation, once, and prints its sign-in" };
    private readonly Option<string?> _providers = new("--providers")
    {
        Description =
            "Calls this stand-in in place of WhatsApp, Messenger, Instagram, Telegram and channel managers; the demo is connected to it",
        HelpName = "URL",
    };
    private readonly Option<bool> _allowHttp = new("--allow-http")
    {
        Description = "Speaks plain http beyond this machine too: only on a network you trust",
    };
    private readonly Func<Settings, WebApplication> _build;
    private readonly RootCommand _root;

    /// <param name="build">Makes the program with everything in it, not started.</param>
    /// <param name="serve">Starts it and returns when it has stopped.</param>
    public CommandLine(Func<Settings, WebApplication> build, Func<Settings, Task> serve)
    {
        _build = settings => Begin(() => build(settings));
        _root = new("Bellhop: the guest list that builds itself. Without a command it serves.")
        {
            _data,
            _urls,
            _demo,
            _providers,
            _allowHttp,
        };
        var run = new Command("serve", "Serves pages, API and background work (the default)") { _urls, _demo, _providers, _allowHttp };
        foreach (var command in (Command[])[_root, run])
        {
            command.SetAction(
                (result, _) =>
                    Guarded(async () =>
                    {
                        await serve(Read(result) with { Command = false });
                        return 0;
                    })
            );
        }

        _root.Add(run);
        _root.AddSetupCommands(this);
        _root.AddApiKeyCommands(this);
        _root.AddAccountCommands(this);
        _root.AddDataCommands(this);
        _root.AddDoctorCommand(this);
        _root.AddImportCommand(this);
        _root.AddExportCommand(this);
        _root.AddAuditCommands(this);
    }

    /// <summary>Makes the program, or part of it, before anything is served.</summary>
    /// <exception cref="OperatorProblem">A setting cannot be read, such as a word where a number belongs.</exception>
    public static T Begin<T>(Func<T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        try
        {
            return make();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new OperatorProblem($"Bellhop could not start: {error.Message}", error);
        }
    }

    public Task<int> Run(string[] args)
    {
        var result = _root.Parse(args);
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction)
        {
            Console.Error.WriteLine($"{result.Errors[0].Message} See --help.");
            return Task.FromResult(1);
        }

        // The server needs time to stop when it is asked to; a command ends at once.
        return result.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>Sets what a command does. The action gets the program's services and the database, which is not migrated yet.</summary>
    internal void Does(Command command, Func<ParseResult, Work, CancellationToken, Task<int>> action) =>
        command.SetAction(
            (result, cancel) =>
                Guarded(async () =>
                {
                    await using var app = _build(Read(result));
                    await using var scope = app.Services.CreateAsyncScope();
                    var db = scope.ServiceProvider.GetRequiredService<BellhopDb>();
                    try
                    {
                        return await action(result, new(db, scope.ServiceProvider), cancel);
                    }
                    catch (Refusal refusal)
                    {
                        throw new OperatorProblem(Say(refusal, app.Services.GetRequiredService<IStringLocalizerFactory>()), refusal);
                    }
                })
        );

    internal sealed record Work(BellhopDb Db, IServiceProvider Services)
    {
        public T Get<T>()
            where T : notnull => Services.GetRequiredService<T>();

        /// <summary>Makes the database or brings it up to date.</summary>
        public Task Migrate(CancellationToken cancel) => Db.Migrate(held: false, cancel);
    }

    private Settings Read(ParseResult result) =>
        new(
            result.GetValue(_data),
            result.GetValue(_urls),
            result.GetValue(_demo),
            result.GetValue(_allowHttp),
            Command: true,
            result.GetValue(_providers)
        );

    private static async Task<int> Guarded(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (OperatorProblem problem)
        {
            return Fail(problem.Message, problem.ExitCode);
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or DbException
                        or InvalidOperationException { InnerException: DbException }
                        or UriFormatException
                        or FormatException
            )
        {
            return Fail((error is InvalidOperationException ? error.InnerException! : error).Message);
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped before it was done.");
        }
    }

    private static int Fail(string line, int code = 1)
    {
        Console.Error.WriteLine(line.ReplaceLineEndings(" "));
        return code;
    }

    /// <summary>A refusal in one line: each wrong option and the reason, or the refusal's own reason.</summary>
    /// <param name="refusal">Why it is refused.</param>
    /// <param name="texts">The sentences.</param>
    /// <param name="option">The option that a person typed for a field; null where it is called as the field is.</param>
    internal static string Say(Refusal refusal, IStringLocalizerFactory texts, Func<string, string?>? option = null)
    {
        string Text(ErrorText error) => Refusals.Say(error, texts);
        return refusal.Errors.Count == 0
            ? Text(refusal.Title)
            : string.Join(
                "; ",
                refusal.Errors.Select(e => $"{option?.Invoke(e.Key) ?? "--" + Kebab(e.Key)}: {string.Join(' ', e.Value.Select(Text))}")
            );
    }

    private static string Kebab(string field) =>
        string.Concat(field.Select(c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c.ToString()));
}

using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Bellhop.Data;
using Bellhop.Features.Setup;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>The built program as a process of its own, started as a person would start it.</summary>
internal sealed partial class BellhopProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];

    private BellhopProcess(Process process) => _process = process;

    public sealed record Ended(int Code, string Out, string Error);

    /// <summary>Everything the server has said, on either stream.</summary>
    public string Said
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<Ended> Run(string folder, params string[] args) => Run(folder, [], args);

    /// <summary>Runs a command to its end, with settings in the environment.</summary>
    public static async Task<Ended> Run(string folder, Dictionary<string, string> environment, string[] args)
    {
        using var process = Process.Start(Info(folder, environment, args))!;
        var texts = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(late.Token);
        var both = await texts;
        return new(process.ExitCode, both[0], both[1]);
    }

    /// <summary>Starts a server on a free port and waits until it listens.</summary>
    public static Task<BellhopProcess> Serve(string folder, params string[] args) => Serve(folder, [], args);

    /// <summary>Starts a server on a free port, with settings in the environment, and waits until it listens.</summary>
    /// <param name="program">The server to start, when it is not the one that was built with the tests.</param>
    public static Task<BellhopProcess> Serve(
        string folder,
        Dictionary<string, string> environment,
        string[] args,
        string? program = null
    ) => Start(Info(folder, environment, args, program));

    /// <summary>As <see cref="Serve(string, string[])"/>, with its calls to the system written to a log by strace.</summary>
    /// <param name="folder">Where it stands.</param>
    /// <param name="calls">The calls to log, separated by commas.</param>
    /// <param name="log">The log's file.</param>
    public static Task<BellhopProcess> ServeTraced(string folder, string calls, string log)
    {
        var info = Info(folder, [], ["--urls", "http://127.0.0.1:0"], null);
        string[] program = [info.FileName, .. info.ArgumentList];
        info.FileName = "strace";
        info.ArgumentList.Clear();
        // -D: the process that we started is the server itself. A page of the database is 4096 bytes.
        foreach (var part in (string[])["-D", "-f", "-y", "-s", "4200", "-e", "signal=none", "-e", "trace=" + calls, "-o", log, .. program])
        {
            info.ArgumentList.Add(part);
        }

        return Start(info);
    }

    private static async Task<BellhopProcess> Start(ProcessStartInfo info)
    {
        var started = new BellhopProcess(new Process { StartInfo = info });
        started._process.OutputDataReceived += (_, line) => started.Hear(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Hear(line.Data);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        var ended = started._process.WaitForExitAsync();
        if (await Task.WhenAny(started._url.Task, ended, Task.Delay(TimeSpan.FromMinutes(4))) != started._url.Task)
        {
            var said = started.Said;
            await started.DisposeAsync();
            throw new InvalidOperationException("The server did not start: " + said);
        }

        return started;
    }

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(_url.Task.Result) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>As a power cut would: nothing is told, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await Wait.For(_process.WaitForExitAsync());
    }

    /// <summary>As a service manager does it: SIGTERM. Returns the exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _url.TrySetResult(match.Groups[1].Value);
        }
    }

    private static ProcessStartInfo Info(string folder, Dictionary<string, string> environment, string[] args, string? program = null)
    {
        var info = new ProcessStartInfo("dotnet", [program ?? Path.Combine(AppContext.BaseDirectory, "Bellhop.dll"), .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment.Remove("ConnectionStrings__Postgres");
        info.Environment.Remove("ASPNETCORE_URLS");
        info.Environment["DOTNET_TieredPGO"] = "0"; // these processes end before it pays
        info.Environment["DOTNET_EnableDiagnostics"] = "0"; // one that is killed leaves its pipes behind
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}

/// <summary>A folder to stand in, gone with the test.</summary>
internal sealed class Place : IDisposable
{
    public string Folder { get; }

    public Place()
        : this(Directory.CreateTempSubdirectory("bellhop-place-").FullName) { }

    private Place(string folder) => Folder = folder;

    /// <summary>For a test of what a disk keeps, on the disk that BELLHOP_TEST_DISK names, as temporary folders may be in memory.</summary>
    public static Place OnDisk() =>
        Environment.GetEnvironmentVariable("BELLHOP_TEST_DISK") is { Length: > 0 } disk
            ? new(Directory.CreateDirectory(Path.Combine(disk, $"bellhop-place-{Guid.NewGuid():N}")).FullName)
            : new();

    /// <summary>
    /// An organisation and a key that may do everything, as <c>setup</c> and <c>api-key create</c> leave them in <c>./data</c>, or in a
    /// PostgreSQL database. Made in this process: each command takes as long as many tests.
    /// </summary>
    public async Task<string> SetUp(TestDatabase? postgres = null)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "data")).FullName, "bellhop.db");
        if (postgres is null && !File.Exists(file))
        {
            File.Copy(await Templates.Sqlite.Value, file);
        }

        await using var db = postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(file));
        var founding = new Founding("Sea Group", Commands.Email, Commands.Password, "Sea Hostel", "EUR", "Europe/Lisbon", "PT");
        var organization = await CreateOrganization.Run(
            founding,
            Actor.System(0),
            db,
            new(new PasswordHasher<User>()),
            new UpperInvariantLookupNormalizer(),
            default
        );
        var key = await CreateApiKey.Run(new("test"), Actor.System(organization.Id), db, default);
        if (postgres is null && !File.Exists(file))
        {
            // Closed with the context: the file alone is the database.
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }

        return key.Value.Key!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal static class Commands
{
    public const string Email = "ana@example.org";
    public const string Password = "blue tram lisbon 9";

    public static string[] Setup(string organization, string data, params string[] command) =>
        [
            .. command.Length == 0 ? ["setup"] : command,
            "--organization",
            organization,
            "--email",
            Email,
            "--password",
            Password,
            "--property",
            "Sea Hostel",
            "--currency",
            "EUR",
            "--time-zone",
            "Europe/Lisbon",
            "--country",
            "PT",
            "--data",
            data,
        ];
}

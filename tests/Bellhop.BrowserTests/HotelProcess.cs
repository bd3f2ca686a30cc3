using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bellhop.BrowserTests;

/// <summary>A Bellhop in a process of its own on a database of its own.</summary>
internal sealed class HotelProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly string? _postgres;
    private readonly List<string> _log = [];
    private readonly bool _ownsDatabase;

    private HotelProcess(Process process, string folder, string? postgres, string address, bool ownsDatabase)
    {
        (_process, _folder, _postgres, Address, _ownsDatabase) = (process, folder, postgres, address, ownsDatabase);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Address { get; }

    /// <summary>Where its data lies.</summary>
    public string Folder => _folder;

    /// <summary>Whether its database is PostgreSQL.</summary>
    public bool IsOnPostgres => _postgres is not null;

    /// <summary>The last it said on its console: where a page failed, why.</summary>
    public string Said
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log.TakeLast(80));
            }
        }
    }

    /// <summary>On a new database; ready for visitors.</summary>
    public static async Task<HotelProcess> Start(string engine)
    {
        string? postgres = null;
        if (engine == "postgres")
        {
            var server = Environment.GetEnvironmentVariable("BELLHOP_TEST_POSTGRES")!;
            var name = $"bellhop_{Guid.NewGuid():N}";
            await Command(server, $"CREATE DATABASE {name}");
            postgres = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        }

        return await Start(postgres, ownsDatabase: true);
    }

    /// <summary>A second process on the same PostgreSQL database.</summary>
    public static Task<HotelProcess> Beside(HotelProcess other) => Start(other._postgres, ownsDatabase: false);

    private static async Task<HotelProcess> Start(string? postgres, bool ownsDatabase)
    {
        var folder = Directory.CreateTempSubdirectory("bellhop-").FullName;
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Program(), "serve", "--urls", address, "--data", folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment =
            {
                ["ConnectionStrings__Postgres"] = postgres ?? "",
                ["Languages__Pseudo"] = "true",
                ["Limits__CircuitsPerUser"] = "100",
                ["Outside__AllowedNetworks"] = "127.0.0.0/8",
                ["Providers__Address"] = Hotel.Providers.Address,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            },
        };
        var started = new HotelProcess(Process.Start(start)!, folder, postgres, address, ownsDatabase);
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        await started.Ready();
        return started;
    }

    /// <summary>Its database, beside it.</summary>
    public BellhopDb Database() =>
        _postgres is null
            ? new SqliteDb(SqliteDb.Options(Path.Combine(_folder, "bellhop.db")))
            : new PostgresDb(PostgresDb.Options(_postgres));

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (!_ownsDatabase)
        {
            // The other process drops it.
        }
        else if (_postgres is not null)
        {
            await Command(
                Environment.GetEnvironmentVariable("BELLHOP_TEST_POSTGRES")!,
                $"DROP DATABASE {new NpgsqlConnectionStringBuilder(_postgres).Database} WITH (FORCE)"
            );
        }
        else
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = new(Address) };
        for (var left = 600; left > 0; left--)
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (_process.HasExited)
            {
                break;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("Bellhop did not start: " + string.Join('\n', _log));
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }

    /// <summary>The program beside ours: built of the same configuration.</summary>
    private static string Program()
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(mine.Parent!.Parent!.FullName, "Bellhop", mine.Name, "Bellhop.dll");
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Command(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = "postgres" }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

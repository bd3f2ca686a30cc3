using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Demo;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Setup;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Npgsql;

namespace Bellhop.BrowserTests;

/// <summary>A Bellhop as somebody runs it, in a process of its own on a database of its own, with a small team and some guests.</summary>
public sealed class Hotel : IAsyncDisposable
{
    public const string Password = "lantern over the river 7";

    /// <summary>Guests from the start; each test adds those it changes.</summary>
    public const int Guests = 60;

    private static readonly ConcurrentDictionary<string, bool> OnPostgres = [];

    private readonly Process _process;
    private readonly string _folder;
    private readonly string? _postgres;
    private readonly List<string> _log = [];
    private readonly ConcurrentDictionary<string, string> _phones = [];
    private int _organization;

    private Hotel(Process process, string folder, string? postgres, string address)
    {
        (_process, _folder, _postgres, Address) = (process, folder, postgres, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Address { get; }

    /// <summary>
    /// Whether a page is one whose looks are tested. They are the same on both engines: pictures are taken, and axe is asked, on SQLite
    /// alone.
    /// </summary>
    public static bool IsLookedAt(IPage page) => !OnPostgres.ContainsKey(new Uri(page.Url).Authority);

    public static async Task<Hotel> Open(string engine)
    {
        var hotel = await Fresh(engine);
        await hotel.MoveIn();
        return hotel;
    }

    /// <summary>As it is after its first start: nobody has set it up.</summary>
    public static async Task<Hotel> Fresh(string engine)
    {
        string? postgres = null;
        if (engine == "postgres")
        {
            var server = Environment.GetEnvironmentVariable("BELLHOP_TEST_POSTGRES")!;
            var name = $"bellhop_{Guid.NewGuid():N}";
            await Command(server, $"CREATE DATABASE {name}");
            postgres = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        }

        var folder = Directory.CreateTempSubdirectory("bellhop-").FullName;
        var address = $"http://127.0.0.1:{FreePort()}";
        if (postgres is not null)
        {
            OnPostgres[new Uri(address).Authority] = true;
        }

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
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            },
        };
        var hotel = new Hotel(Process.Start(start)!, folder, postgres, address);
        hotel._process.BeginOutputReadLine();
        hotel._process.BeginErrorReadLine();
        await hotel.Ready();
        return hotel;
    }

    /// <summary>A booking comes in, as a channel would send it.</summary>
    /// <param name="status">As the door knows it; without one, confirmed or, for a day gone by, completed.</param>
    /// <param name="annexe">At the second property.</param>
    public async Task<BookingRow> Booking(
        string name,
        string? phone,
        string source = "Website",
        int total = 120,
        int daysAhead = 7,
        string? status = null,
        bool annexe = false,
        string? email = null
    )
    {
        // A phone leads to its guest: given to two, one test would find the other's.
        if (phone is not null && _phones.GetOrAdd(phone.Replace(" ", "", StringComparison.Ordinal), name) is var owner && owner != name)
        {
            throw new ArgumentException($"{phone} is {owner}'s here already.", nameof(phone));
        }

        await using var db = Database();
        var property = await Place(db, annexe);
        return (
            await ReceiveBooking.Run(
                Stay(property, db.Now, name, phone, source, total, daysAhead, status, email),
                Actor.System(_organization),
                db,
                CancellationToken.None
            )
        ).Value;
    }

    /// <summary>So many guests, each called by the word and a number.</summary>
    public async Task Crowd(string name, int many)
    {
        await using var db = Database();
        var property = await Place(db);
        foreach (var some in Enumerable.Range(0, many).Chunk(100))
        {
            await db.Save(async () =>
            {
                foreach (var i in some)
                {
                    await ReceiveBooking.Take(
                        property.Id,
                        Incoming.Read(Stay(property, db.Now, $"{name} {i}"), db.Now),
                        Actor.System(_organization),
                        db,
                        CancellationToken.None
                    );
                }

                return true;
            });
        }
    }

    /// <summary>Staff cancel a booking.</summary>
    public async Task Cancel(Guid bookingId)
    {
        await using var db = Database();
        await ChangeBooking.Run(bookingId, new(Status: "Cancelled"), Actor.System(_organization), db, IfMatch.Any, CancellationToken.None);
    }

    /// <summary>Staff put a tag on a guest.</summary>
    public async Task Tag(Guid contactId, string name)
    {
        await using var db = Database();
        await TagContact.Run(contactId, name, Actor.System(_organization), db, CancellationToken.None);
    }

    /// <summary>The owner asks for a file of the guests of this name, in the background.</summary>
    public async Task Export(string name)
    {
        await using var db = Database();
        var owner = await db.Users.SingleAsync(u => u.Email == "owner@lantern.example");
        await StartExport.Run(
            new(Columns: ["name"], Filter: new Dictionary<string, JsonElement> { ["q"] = JsonSerializer.SerializeToElement(name) }),
            new(ActorKind.User, owner.Id, "Ana", _organization, PermissionSet.Everything),
            db,
            CancellationToken.None
        );
    }

    /// <summary>A guest agreed to e-mails in a file and opted out on WhatsApp since.</summary>
    public async Task Consents(Guid contactId)
    {
        await using var db = Database();
        await db.Save(() =>
        {
            db.Consents.Add(
                new()
                {
                    OrganizationId = _organization,
                    ContactId = contactId,
                    Channel = ConsentChannel.Email,
                    Granted = true,
                    At = db.Now.AddDays(-30),
                    Source = Source.Import,
                }
            );
            db.Consents.Add(
                new()
                {
                    OrganizationId = _organization,
                    ContactId = contactId,
                    Channel = ConsentChannel.WhatsApp,
                    Granted = false,
                    At = db.Now,
                    Source = Source.WhatsApp,
                }
            );
            return Task.CompletedTask;
        });
    }

    /// <summary>Names of the organisations there are.</summary>
    public async Task<List<string>> Organizations()
    {
        await using var db = Database();
        return await db.Organizations.Select(o => o.Name).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_postgres is not null)
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

    private Task<Property> Place(BellhopDb db, bool annexe = false) =>
        db.Properties.Where(p => p.OrganizationId == _organization).OrderBy(p => p.CreatedAt).Skip(annexe ? 1 : 0).FirstAsync();

    private static ReceiveBooking.Input Stay(
        Property property,
        DateTime now,
        string name,
        string? phone = null,
        string source = "Website",
        int total = 120,
        int daysAhead = 7,
        string? status = null,
        string? email = null
    )
    {
        var arrival = now.DayIn(property.Zone).AddDays(daysAhead);
        return new(
            property.Id,
            source,
            status ?? (daysAhead < 0 ? "Completed" : "Confirmed"),
            arrival.ToString("yyyy-MM-dd"),
            arrival.AddDays(2).ToString("yyyy-MM-dd"),
            new(total, "EUR"),
            new(name, phone, email),
            Reference: "R-1"
        );
    }

    private BellhopDb Database() =>
        _postgres is null
            ? new SqliteDb(SqliteDb.Options(Path.Combine(_folder, "bellhop.db")))
            : new PostgresDb(PostgresDb.Options(_postgres));

    private async Task MoveIn()
    {
        var passwords = new Passwords(new PasswordHasher<User>());
        var names = new UpperInvariantLookupNormalizer();
        await using var db = Database();
        var founding = new Founding(
            "Lantern House",
            "owner@lantern.example",
            Password,
            "Lantern Hostel",
            "EUR",
            "Europe/Lisbon",
            "PT",
            "Ana Sequeira"
        );
        _organization = (await CreateOrganization.Run(founding, Actor.System(0), db, passwords, names, CancellationToken.None)).Id;
        await AddProperty.Run(new("Lantern Annexe", "EUR", "Europe/Lisbon", "PT"), Actor.System(_organization), db, CancellationToken.None);
        await db.Arrange(() =>
        {
            // The housekeeper's role is one this version does not know: it gives no right at all.
            foreach (
                var (name, role) in new[] { ("viewer", Roles.Viewer), ("frontdesk", Roles.FrontDesk), ("housekeeper", "Housekeeping") }
            )
            {
                var user = Accounts.New($"{name}@lantern.example", name, Password, passwords, names, db.Now);
                db.Users.Add(user);
                db.Memberships.Add(
                    new()
                    {
                        OrganizationId = _organization,
                        UserId = user.Id,
                        Role = role,
                        CreatedAt = db.Now,
                    }
                );
            }

            return Task.CompletedTask;
        });
        var dice = new SeededRandom(5);
        for (var i = 0; i < Guests; i++)
        {
            var guest = DemoGuest.Make(Nation.All[i % Nation.All.Count], i, dice);
            await Booking(
                guest.Name,
                DemoGuest.Number(Nation.All[i % Nation.All.Count].Phones, i),
                i % 3 == 0 ? "BookingCom" : "Website",
                50 + (i * 7),
                i % 4 == 0 ? 3 : -10 - i
            );
        }
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

    private static int FreePort()
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

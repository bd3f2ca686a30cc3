using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Demo;
using Bellhop.Features.Imports;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Setup;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;

namespace Bellhop.BrowserTests;

/// <summary>A Bellhop as somebody runs it, in a process of its own on a database of its own, with a small team and some guests.</summary>
public sealed partial class Hotel : IAsyncDisposable
{
    public const string Password = "lantern over the river 7";

    /// <summary>Guests from the start; each test adds those it changes.</summary>
    public const int Guests = 60;

    private static readonly ConcurrentDictionary<string, bool> OnPostgres = [];

    // A hash is made to cost a tenth of a second, and every hotel's team has the same password.
    private static readonly Passwords TeamPasswords = new(new RememberedHash());

    private readonly HotelProcess _process;
    private readonly bool _ownsProcess;
    private readonly string _domain;
    private readonly ConcurrentDictionary<string, string> _phones = [];
    private int _organization;
    private int _others;

    private Hotel(HotelProcess process, bool ownsProcess = true, string domain = "lantern.example")
    {
        (_process, _ownsProcess, _domain) = (process, ownsProcess, domain);
    }

    public string Address => _process.Address;

    /// <summary>With which everybody of its team signs in.</summary>
    public string TeamPassword { get; private set; } = Password;

    /// <summary>
    /// Whether a page is one whose looks are tested. They are the same on both engines: pictures are taken, and axe is asked, on SQLite
    /// alone.
    /// </summary>
    public static bool IsLookedAt(IPage page) => !OnPostgres.ContainsKey(new Uri(page.Url).Authority);

    public static async Task<Hotel> Open(string engine)
    {
        var hotel = await Fresh(engine);
        await hotel.MoveIn("Lantern House");
        return hotel;
    }

    /// <summary>With the demo's houses, team and guests, as the README starts it.</summary>
    public static async Task<Hotel> OpenDemo()
    {
        var hotel = await Fresh("sqlite");
        await using var db = hotel.Database();
        var demo = await MakeDemo.Run(
            Actor.System(0),
            db,
            new(new PasswordHasher<User>()),
            new UpperInvariantLookupNormalizer(),
            null,
            CancellationToken.None
        );
        hotel.TeamPassword = demo!.Password;
        return hotel;
    }

    /// <summary>As it is after its first start: nobody has set it up.</summary>
    public static async Task<Hotel> Fresh(string engine)
    {
        var hotel = new Hotel(await HotelProcess.Start(engine));
        if (hotel._process.IsOnPostgres)
        {
            OnPostgres[new Uri(hotel.Address).Authority] = true;
        }

        return hotel;
    }

    /// <summary>
    /// Another organisation in the same Bellhop, with a team and guests of its own: for a test that counts everybody, or leaves behind what
    /// others would see.
    /// </summary>
    public async Task<Hotel> Another()
    {
        var number = Interlocked.Increment(ref _others);
        var another = new Hotel(_process, ownsProcess: false, $"lantern-{number}.example");
        await another.MoveIn($"Lantern House {number}");
        return another;
    }

    /// <summary>The same organisation at a second server on the same PostgreSQL database.</summary>
    public async Task<Hotel> Beside()
    {
        var beside = new Hotel(await HotelProcess.Beside(_process), domain: _domain) { _organization = _organization };
        OnPostgres[new Uri(beside.Address).Authority] = true;
        return beside;
    }

    /// <summary>The address with which somebody of its team signs in.</summary>
    public string Email(string who) => $"{who}@{_domain}";

    /// <summary>Names of the organisations there are.</summary>
    public async Task<List<string>> Organizations()
    {
        await using var db = Database();
        return await db.Organizations.Select(o => o.Name).ToListAsync();
    }

    public ValueTask DisposeAsync() => _ownsProcess ? _process.DisposeAsync() : default;

    private Task<Property> Place(BellhopDb db, bool annexe = false) =>
        db.Properties.Where(p => p.OrganizationId == _organization).OrderBy(p => p.CreatedAt).Skip(annexe ? 1 : 0).FirstAsync();

    private async Task<Actor> Owner(BellhopDb db)
    {
        var email = Email("owner");
        var owner = await db.Users.SingleAsync(u => u.Email == email);
        return new(ActorKind.User, owner.Id, "Ana", _organization, PermissionSet.Everything);
    }

    private BellhopDb Database() => _process.Database();

    private async Task MoveIn(string name)
    {
        var names = new UpperInvariantLookupNormalizer();
        await using var db = Database();
        var founding = new Founding(name, Email("owner"), Password, "Lantern Hostel", "EUR", "Europe/Lisbon", "PT", "Ana Sequeira");
        _organization = (await CreateOrganization.Run(founding, Actor.System(0), db, TeamPasswords, names, CancellationToken.None)).Id;
        await AddProperty.Run(new("Lantern Annexe", "EUR", "Europe/Lisbon", "PT"), Actor.System(_organization), db, CancellationToken.None);
        await db.Arrange(() =>
        {
            // The housekeeper's role is one this version does not know: it gives no right at all.
            foreach (var (who, role) in new[] { ("viewer", Roles.Viewer), ("frontdesk", Roles.FrontDesk), ("housekeeper", "Housekeeping") })
            {
                var user = Accounts.New(Email(who), who, Password, TeamPasswords, names, db.Now);
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
            var guest = DemoGuest.Make(Nations.All[i % Nations.All.Count], i, dice);
            await Booking(
                guest.Name,
                DemoGuest.Number(Nations.All[i % Nations.All.Count].Phones, i),
                i % 3 == 0 ? "BookingCom" : "Website",
                50 + (i * 7),
                i % 4 == 0 ? 3 : -10 - i
            );
        }
    }

    /// <summary>The last it said on its console: where a page failed, why.</summary>
    public string Said => _process.Said;

    private sealed class RememberedHash : PasswordHasher<User>
    {
        private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);

        public override string HashPassword(User user, string password) => _hashes.GetOrAdd(password, p => base.HashPassword(user, p));
    }
}

using Bellhop.Features.Bookings;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Bellhop.Tests.Guards;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Loyalty;

/// <summary>
/// Three guests of whom anything happens: bookings come and change, points are redeemed and adjusted, guests join, are merged and split.
/// What each should have is computed beside, from what was done alone.
/// </summary>
internal sealed class PointLedger
{
    private const string ZoesPhone = "+33612345678";
    private const decimal PerUnit = 1.5m;
    private static readonly string[] Statuses = ["Confirmed", "InHouse", "Completed", "Completed", "NoShow"];

    private readonly Pair _pair;
    private readonly Random _chance;
    private readonly Dictionary<string, Guid> _owners;
    private readonly List<Stay> _stays = [];
    private readonly Dictionary<Guid, Given> _given = [];
    private readonly Stack<(Guid Merge, Guid Into, Guid From)> _merges = [];

    private PointLedger(Pair pair, Random chance, Guid zoe)
    {
        (_pair, _chance) = (pair, chance);
        _owners = new()
        {
            [Pair.AnasPhone] = pair.Ana,
            [Pair.AnniesPhone] = pair.Annie,
            [ZoesPhone] = zoe,
        };
    }

    private sealed class Stay
    {
        public required string Key { get; init; }
        public required Guid Place { get; init; }
        public required string Phone { get; init; }
        public Guid Id { get; set; }
        public decimal Total { get; set; }
        public string Status { get; set; } = "";
        public bool Earns { get; set; }
    }

    /// <summary>An entry without a booking, or one that pays for a booking.</summary>
    private sealed class Given
    {
        public required Guid Place { get; init; }
        public required long Points { get; init; }
        public Guid Owner { get; set; }
        public Stay? For { get; init; }
    }

    public static async Task<PointLedger> Begin(Pair pair, Random chance)
    {
        var ledger = new PointLedger(pair, chance, await pair.Guest(ZoesPhone, "Zoé", "zoe@example.org"));
        await using var db = pair.App.Open();
        foreach (var place in new[] { pair.House.Lisbon, pair.House.Berlin })
        {
            await LoyaltyWorld.Save(place, pair.Who, db);
        }

        await ledger.Join(pair.Ana, pair.House.Lisbon);
        await ledger.Join(pair.Annie, pair.House.Berlin);
        return ledger;
    }

    public async Task Step()
    {
        var place = _chance.Next(2) == 0 ? _pair.House.Lisbon : _pair.House.Berlin;
        var guests = _owners.Values.Select(Now).Distinct().Order().ToList();
        var guest = guests[_chance.Next(guests.Count)];
        switch (_chance.Next(8))
        {
            case 0:
                await Join(guest, place);
                break;
            case 1:
                await Enter(guest, place, AddLoyaltyEntry.Adjustment, _chance.Next(-120, 200), null);
                break;
            case 2:
                var mine = _stays.FindAll(s => s.Place == place && Now(_owners[s.Phone]) == guest);
                var stay = mine.Count > 0 && _chance.Next(2) == 0 ? mine[_chance.Next(mine.Count)] : null;
                await Enter(guest, place, AddLoyaltyEntry.Redemption, _chance.Next(1, 150), stay);
                break;
            case 3 when guests.Count > 1:
                var other = guests.First(g => g != guest);
                _merges.Push((await _pair.Merge(guest, other), guest, other));
                break;
            case 4 when _merges.TryPop(out var last):
                await Split(last);
                break;
            case 5 when _stays.Count > 0:
                await Book(_stays[_chance.Next(_stays.Count)]);
                break;
            default:
                var phone = _owners.Keys.Order(StringComparer.Ordinal).ElementAt(_chance.Next(_owners.Count));
                _stays.Add(
                    new()
                    {
                        Key = $"stay {_stays.Count}",
                        Place = place,
                        Phone = phone,
                    }
                );
                await Book(_stays[^1]);
                break;
        }
    }

    /// <summary>Looks whether every guest has what was given, and the sums are those of the ledger.</summary>
    public async Task Check(string when)
    {
        await using var db = _pair.App.Open();
        var entries = await db.LoyaltyEntries.ToListAsync();
        var members = await db.LoyaltyMembers.ToListAsync();
        foreach (var member in members)
        {
            var mine = entries.FindAll(e => e.ContactId == member.ContactId && e.PropertyId == member.PropertyId);
            member.Points.ShouldBe(mine.Sum(e => e.Points), when);
            member.Collected.ShouldBe(mine.Where(e => e.Kind != LoyaltyKind.Redemption).Sum(e => e.Points), when);
            var said = _given.Values.Where(g => g.Place == member.PropertyId && Now(OwnerOf(g)) == member.ContactId).Sum(g => g.Points);
            var earned = _stays
                .Where(s => s.Earns && s.Place == member.PropertyId && Now(_owners[s.Phone]) == member.ContactId)
                .Sum(s => (long)decimal.Floor(s.Total * PerUnit));
            member.Points.ShouldBe(said + earned, when);
        }

        entries
            .Where(e => !members.Exists(m => m.ContactId == e.ContactId && m.PropertyId == e.PropertyId))
            .ShouldBeEmpty($"{when}: every ledger has its member");
        (await _pair.Check()).ShouldBeEmpty(when);
    }

    private Guid OwnerOf(Given given) => given.For is { } stay ? _owners[stay.Phone] : given.Owner;

    // Who a guest is by now, after the merges that hold.
    private Guid Now(Guid guest)
    {
        while (_merges.FirstOrDefault(m => m.From == guest) is { Into: var into } && into != default)
        {
            guest = into;
        }

        return guest;
    }

    private async Task Join(Guid guest, Guid place)
    {
        await using var db = _pair.App.Open();
        await Enrol.Run(place, new(guest), _pair.Who, db, default);
        await Learn(guest, null);
    }

    private async Task Enter(Guid guest, Guid place, string kind, long points, Stay? stay)
    {
        await using var db = _pair.App.Open();
        try
        {
            await AddLoyaltyEntry.Run(guest, new(place, kind, points, "By chance", stay?.Id), _pair.Who, db, default);
            await Learn(guest, stay);
        }
        catch (Refusal refusal) when (refusal.Status is 404 or 409 || points == 0)
        {
            // No member, not enough points, or more than the booking takes: nothing was written.
        }
    }

    // What was written just now, other than what follows from bookings.
    private async Task Learn(Guid guest, Stay? stay)
    {
        await using var db = _pair.App.Open();
        var written = await db.LoyaltyEntries.Where(e => e.Kind != LoyaltyKind.Earned && e.Kind != LoyaltyKind.Reversed).ToListAsync();
        foreach (var entry in written.Where(e => !_given.ContainsKey(e.Id)))
        {
            entry.ContactId.ShouldBe(guest);
            _given[entry.Id] = new()
            {
                Place = entry.PropertyId,
                Points = entry.Points,
                Owner = guest,
                For = stay,
            };
        }
    }

    private async Task Split((Guid Merge, Guid Into, Guid From) last)
    {
        var open = (await _pair.See(last.Merge)).Undecided;
        var sides = open.Select(i => (i.ItemId, Side: _chance.Next(2) == 0 ? "this" : "other")).ToArray();
        await _pair.Split(last.Merge, sides);
        foreach (var (item, side) in sides)
        {
            if (_given.TryGetValue(item, out var given))
            {
                given.Owner = side == "this" ? last.Into : last.From;
            }
        }
    }

    private async Task Book(Stay stay)
    {
        var before = stay.Status;
        (stay.Status, stay.Total) = (Statuses[_chance.Next(Statuses.Length)], _chance.Next(0, 30000) / 100m);
        await using var db = _pair.App.Open();
        var guest = Now(_owners[stay.Phone]);
        var isMember = await db.LoyaltyMembers.AnyAsync(m => m.PropertyId == stay.Place && m.ContactId == guest && m.LeftAt == null);
        var input = new ReceiveBooking.Input(
            stay.Place,
            "Website",
            stay.Status,
            "2026-03-01",
            "2026-03-04",
            new(stay.Total, "EUR"),
            new(null, stay.Phone, null),
            stay.Key
        );
        stay.Id = (await ReceiveBooking.Run(input, _pair.Who, db, default)).Value.Id;
        stay.Earns = stay.Status == "Completed" && (stay.Earns || (before != "Completed" && isMember));
    }
}

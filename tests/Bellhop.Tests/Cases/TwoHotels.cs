extern alias benches;

using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using benches::Bellhop.Benchmarks.Loading;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests;

/// <summary>Two years of two real hotels' bookings, and what the file's authors counted of each guest by hand.</summary>
internal static class TwoHotels
{
    /// <summary>What is known of a guest by the phone.</summary>
    internal sealed record Guest(string Phone, int Bookings, long Spent, DateOnly? LastArrival);

    /// <param name="File">A file of bookings.</param>
    /// <param name="Rows">How many it has.</param>
    /// <param name="Guests">Its guests who have a phone.</param>
    internal sealed record Bookings(string File, int Rows, HashSet<Guest> Guests);

    private static string Whole => Cases.Path("c_bulk/derived_bookings_with_guests_19899.csv");

    /// <summary>The whole file in a full run; in the usual one <see cref="OneInTen"/>.</summary>
    public static async Task<Bookings> Read(string folder) => TestSize.IsFull ? new(Whole, 19_899, Expected()) : await OneInTen(folder);

    /// <summary>Every booking of one guest in ten, as the file has them. Guests without a phone are left out.</summary>
    /// <param name="folder">Where the smaller file is written.</param>
    public static async Task<Bookings> OneInTen(string folder)
    {
        var lines = await File.ReadAllLinesAsync(Whole);
        var phones = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<string> { lines[0] };
        foreach (var row in BookingFile.Read(Whole))
        {
            var guest = row.Body["guest"]!;
            var phone = Phone.Parse(guest["phone"]?.GetValue<string>(), guest["country"]?.GetValue<string>()).E164;
            if (phone is not null && phone.Sum(c => c) % 10 == 0)
            {
                phones.Add(phone);
                kept.Add(lines[row.Number]);
            }
        }

        var to = Path.Combine(folder, "slice.csv");
        await File.WriteAllLinesAsync(to, kept);
        return new(to, kept.Count - 1, [.. Expected().Where(g => phones.Contains(g.Phone))]);
    }

    /// <summary>The guests with a phone that a database has.</summary>
    public static async Task<HashSet<Guest>> GuestsOf(BellhopDb db) =>
        [
            .. await db
                .Contacts.Where(c => c.Phone != null)
                .Select(c => new Guest(c.Phone!, c.Bookings, c.Spent, c.LastArrival))
                .ToListAsync(),
        ];

    private static HashSet<Guest> Expected()
    {
        using var csv = CsvReader.FromFile(Path.ChangeExtension(Whole, "expected_contacts.csv"));
        var guests = new HashSet<Guest>();
        while (csv.Read())
        {
            var last = csv.GetString("last_arrival_stayed");
            guests.Add(
                new(
                    csv.GetString("phone_e164"),
                    csv.Parse<int>("stays"),
                    (long)(csv.Parse<decimal>("total_spent_stayed") * 100),
                    string.IsNullOrEmpty(last) ? null : DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                )
            );
        }

        return guests;
    }
}

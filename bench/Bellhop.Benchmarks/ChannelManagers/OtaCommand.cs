using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Benchmarks.Writes;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.ChannelManagers;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewBookings = Bellhop.Benchmarks.Writes.NewBookings;

namespace Bellhop.Benchmarks.ChannelManagers;

/// <summary>
/// <c>ota [--engine sqlite|postgres] [--guests N] [--rounds N]</c>: a channel manager's message with 200 reservations of guests whom nobody
/// knows, from its bytes to its answer, against the same rows written by hand.
/// </summary>
internal static class OtaCommand
{
    private const int Many = 200;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var rounds = int.Parse(options["--rounds"] ?? "40", CultureInfo.InvariantCulture);
        var size = int.Parse(options["--guests"] ?? "20000", CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync(
            $"""
            # Channel managers

            One message with {Many} reservations of guests whom nobody knows, each with phone and e-mail, read from its bytes, taken and
            answered. By hand: the rows of these bookings and guests by prepared statements on the raw driver, in one commit.
            """
        );
        foreach (var engine in options.Engines)
        {
            var town = await BenchDatabase.Make(engine, size, 2);
            await using var services = WritesCommand.Services(town);
            var dbs = services.GetRequiredService<IDbContextFactory<BellhopDb>>();
            var connection = await Connect(town, dbs);
            var (raw, ours, next) = (new List<double>(), new List<double>(), new NewBookings(town));
            await using var byHand = town.Open();
            var writes = new RawGuestWrites(byHand, town);
            for (var round = -3; round < rounds; round++) // the runtime compiles first
            {
                var rows = Next(next, town);
                var hand = await Took(() => writes.Book(rows));
                var message = Message(Next(next, town));
                var taken = await Took(() => Take(message, connection, dbs));
                if (round >= 0)
                {
                    raw.Add(hand);
                    ours.Add(taken);
                }
            }

            await Console.Out.WriteLineAsync(
                $"""

                ## {engine}, {size:N0} contacts

                | ms for {Many} | least | median |
                |---|---|---|
                | by hand | {raw.Min():0.0} | {Comparison.Median([.. raw]):0.0} |
                | the message | {ours.Min():0.0} | {Comparison.Median([.. ours]):0.0} |
                | ratio | {ours.Min() / raw.Min():0.00} | {Comparison.Median([.. ours]) / Comparison.Median([.. raw]):0.00} |
                """
            );
        }

        return 0;
    }

    private static ReceiveBooking.Input[] Next(NewBookings next, BenchDatabase town) =>
        [.. Enumerable.Range(0, Many).Select(_ => next.Next() with { PropertyId = town.Properties[0] })];

    private static async Task<double> Took(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task Take(byte[] body, Connection connection, IDbContextFactory<BellhopDb> dbs)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var message = SentMessage.Read(body)!;
        var outcomes = await ReceiveReservations.Take(connection, message, db, default);
        if (outcomes.Count != Many || outcomes.Any(o => o.Refused is not null))
        {
            throw new InvalidOperationException("Not every reservation was taken.");
        }

        _ = SentAnswer.Write(message, outcomes);
    }

    private static async Task<Connection> Connect(BenchDatabase town, IDbContextFactory<BellhopDb> dbs)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var connection = new Connection
        {
            OrganizationId = 1,
            Kind = ConnectionKind.ChannelManager,
            Name = "Bench",
            PropertyId = town.Properties[0],
            Secrets = "",
            CreatedAt = db.Now,
            UpdatedAt = db.Now,
        };
        await db.Save(() =>
        {
            db.Connections.Add(connection);
            db.Happened(Actor.System(1), "connection.created", "connection", connection.Id);
            return Task.CompletedTask;
        });
        return connection;
    }

    private static byte[] Message(ReceiveBooking.Input[] bookings)
    {
        var xml = new StringBuilder("<OTA_HotelResNotifRQ xmlns=\"http://www.opentravel.org/OTA/2003/05\"><HotelReservations>");
        foreach (var booking in bookings)
        {
            xml.Append(
                CultureInfo.InvariantCulture,
                $"""
                <HotelReservation ResStatus="Commit" CreateDateTime="2026-11-01T10:00:00Z"><UniqueID Type="14" ID="{booking.ExternalId}"/>
                <RoomStays><RoomStay><RoomTypes><RoomType RoomTypeCode="dorm"/></RoomTypes>
                <TimeSpan Start="{booking.Arrival}" End="{booking.Departure}"/>
                <Total AmountAfterTax="{booking.Total.Amount}" CurrencyCode="EUR"/></RoomStay></RoomStays>
                <ResGuests><ResGuest><Profiles><ProfileInfo><Profile><Customer>
                <PersonName><Surname>{booking.Guest.Name}</Surname></PersonName>
                <Telephone PhoneTechType="5" PhoneNumber="{booking.Guest.Phone}"/><Email>{booking.Guest.Email}</Email>
                </Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests></HotelReservation>
                """
            );
        }

        return Encoding.UTF8.GetBytes(xml.Append("</HotelReservations></OTA_HotelResNotifRQ>").ToString());
    }
}

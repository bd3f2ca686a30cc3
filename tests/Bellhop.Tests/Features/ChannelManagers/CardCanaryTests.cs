using System.Text;
using Bellhop.Tests.Host;
using Npgsql;
using Place = Bellhop.Tests.Host.Place;

namespace Bellhop.Tests.Features.ChannelManagers;

/// <summary>
/// A payment card that no other test has is sent in every way, to a server that logs everything. It is then looked for in all that is kept.
/// </summary>
public class CardCanaryTests
{
    private const string Number = "4929939187355598";
    private const string Spaced = "4929 9391 8735 5598";
    private const string Code = "7931";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_card_is_in_no_file_no_log_no_trace_and_no_answer(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        await using var telemetry = new TelemetryListener();
        await using var server = await SendingProcess.Start(
            place,
            postgres,
            [("Logging__LogLevel__Default", "Trace"), .. telemetry.Settings]
        );
        var answers = new StringBuilder();
        foreach (var (body, secret) in Sent())
        {
            answers.AppendLine((await server.Send(body, secret)).Text);
        }

        answers.AppendLine(await server.Client.GetStringAsync("/api/v1/bookings?limit=100"));
        // The lock is empty, and nobody else may open it.
        var files = Directory
            .EnumerateFiles(place.Folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) != ".lock")
            .ToList();
        if (postgres is not null)
        {
            files.AddRange(await FilesOf(postgres));
        }

        // The code alone is short, and may stand in a file by chance: it is looked for as it was sent.
        string[] texts = [Number, Spaced, $"CVV {Code}", $"cvc {Code}", $"\"{Code}\"", $"'{Code}'"];
        files.SelectMany(f => Held(f, texts)).ShouldBeEmpty();

        await Wait.Until(() => telemetry.Text.Contains("/webhooks/channel-manager", StringComparison.Ordinal));
        await server.Stop(); // what is left to trace is sent on the way out
        answers.ToString().ShouldContain("R-1");
        foreach (var text in texts)
        {
            answers.ToString().ShouldNotContain(text);
            server.Said.ShouldNotContain(text);
            telemetry.Text.ShouldNotContain(text);
        }
    }

    /// <summary>Taken, parked, refused, unreadable, and of somebody who does not know the secret.</summary>
    private static IEnumerable<(string Body, string Secret)> Sent()
    {
        const string Card = $"<PaymentCard CardNumber='{Number}' SeriesCode='{Code}'><CardNumber>{Spaced}</CardNumber></PaymentCard>";
        var taken = SendingHouse
            .Reservation("R-1")
            .Replace(
                "</RoomStay>",
                $"<Comments><Comment><Text>{Spaced} CVV {Code}</Text></Comment></Comments></RoomStay>",
                StringComparison.Ordinal
            );
        var parked = SendingHouse
            .Reservation("R-2", name: null)
            .Replace("</HotelReservation>", Card + "</HotelReservation>", StringComparison.Ordinal);
        yield return (SendingHouse.Ota(taken, parked), SendingHouse.Secret);
        yield return (SendingHouse.Ota(taken, parked) + "<", SendingHouse.Secret);
        yield return (SendingHouse.Ota(taken, parked), "wrong");
        yield return ("<!DOCTYPE x>" + Card, SendingHouse.Secret);
        yield return (
            $$$"""
            {"data":{"attributes":{"unique_id":"BDC-7","status":"new","arrival_date":"2026-10-02","departure_date":"2026-10-03",
            "currency":"EUR","amount":"10.00","customer":{"name":"Ana","mail":"ana@example.com"},"notes":"card {{{Spaced}}} cvc {{{Code}}}",
            "guarantee":{"card_number":"{{{Number}}}","cvv":"{{{Code}}}"} } } }
            """,
            SendingHouse.Secret
        );
        yield return (
            $$$"""
            {"id":"A-1","status":"{{{Number}}}","primaryGuest":{"lastName":"Silva"},"paymentAccount":{"accountNumber":"{{{Number}}}"}}
            """,
            SendingHouse.Secret
        );
    }

    /// <summary>The files of the whole server, its log of writes among them.</summary>
    private static async Task<IEnumerable<string>> FilesOf(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var ask = source.CreateCommand("SHOW data_directory");
        var folder = (string)(await ask.ExecuteScalarAsync())!;
        return new[] { "base", "pg_wal" }.SelectMany(part =>
            Directory.EnumerateFiles(Path.Combine(folder, part), "*", SearchOption.AllDirectories)
        );
    }

    /// <summary>Which of the texts a file holds.</summary>
    private static List<string> Held(string file, string[] texts)
    {
        using var bytes = new MemoryStream();
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            open.CopyTo(bytes);
        }
        catch (FileNotFoundException)
        {
            return []; // the server has dropped it
        }

        return
        [
            .. texts
                .Where(t => bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(t)) >= 0)
                .Select(t => $"{file}: {t}"),
        ];
    }
}

using System.Net;
using System.Net.Sockets;
using Bellhop.Data;
using Bellhop.Tests.Features.Bookings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bellhop.Tests.Host;

/// <summary>The database fails, in every way it can: what a caller is told, and that it heals.</summary>
public class DatabaseFailureTests
{
    private const string Secret = "Ana Pires +351912345678";

    [Theory]
    [InlineData("sqlite", "CREATE TRIGGER harm BEFORE INSERT ON bookings BEGIN SELECT RAISE(FAIL, 'Ana Pires +351912345678'); END")]
    [InlineData(
        "postgres",
        "CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'Ana Pires +351912345678'; END "
            + "$$; CREATE TRIGGER harm BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION harm()"
    )]
    public async Task What_nobody_foresaw_is_a_500_with_an_id_and_none_of_its_text(string engine, string harm)
    {
        await using var app = await TestApp.StartNew(engine);
        var house = await app.MakeHouse();
        await Do(app, harm);
        var before = await app.Snapshot();

        var answer = await app.As(house.Owner).Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon), "key-1");

        var problem = await answer.Json(500);
        problem.Select(p => p.Key).ShouldBe(["type", "title", "status", "id"]);
        problem["type"]!.GetValue<string>().ShouldBe("failed");
        problem.ToJsonString().ShouldNotContain("Ana");
        problem.ToJsonString().ShouldNotContain("xception");
        (await app.Snapshot()).ShouldBe(before);
        await Do(app, engine == "sqlite" ? "DROP TRIGGER harm" : "DROP TRIGGER harm ON bookings");
        // A failure is not kept.
        await (await app.As(house.Owner).Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon), "key-1")).Json(201);
    }

    [Fact]
    public async Task A_full_disk_is_a_507_while_reading_works()
    {
        await using var app = await TestApp.StartNew("postgres");
        var house = await app.MakeHouse();
        await Do(
            app,
            "CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No space left on device' "
                + "USING ERRCODE = '53100'; END $$; CREATE TRIGGER harm BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION "
                + "harm()"
        );
        var before = await app.Snapshot();
        var owner = app.As(house.Owner);

        (await (await owner.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon))).Json(507))["type"]!
            .GetValue<string>()
            .ShouldBe("disk-full");

        (await app.Snapshot()).ShouldBe(before);
        await (await owner.GetAsync("/api/v1/contacts")).Json(200);
        await Do(app, "DROP TRIGGER harm ON bookings");
        await (await owner.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon))).Json(201);
    }

    [Fact]
    public async Task A_full_SQLite_file_is_a_507_while_reading_works()
    {
        await using var app = await TestApp.StartNew("sqlite");
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await (await owner.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon))).Json(201);
        var body = ReceiveBookingTests.Body(house.Lisbon, "A-2");
        body["notes"] = new string('x', 4000);

        // The one connection that writes is told that the file may not grow.
        await using (var db = app.Open())
        {
            await db.Save(async () =>
            {
                await using var command = await db.Sql("PRAGMA max_page_count = 1", default);
                await command.ExecuteScalarAsync();
            });
        }

        var statuses = new List<int>();
        for (var i = 2; i < 60 && !statuses.Contains(507); i++)
        {
            body["externalId"] = "A-" + i;
            statuses.Add((int)(await owner.Post("/api/v1/bookings", body)).StatusCode);
        }

        statuses[^1].ShouldBe(507);
        statuses.SkipLast(1).ShouldAllBe(s => s == 201, "what free pages were there may be used");
        var shown = (await (await owner.GetAsync("/api/v1/contacts/summary")).Json(200))["totalContacts"]!.GetValue<int>();
        shown.ShouldBe(1);
        // The writer whose transaction has ended is not used again: another one knows nothing of the limit.
        await (await owner.Post("/api/v1/bookings", body)).Json(201);
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_503_at_once_and_work_resumes_by_itself()
    {
        await using var database = await TestDatabase.CreateNew("postgres");
        var real = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var wire = new Wire(real.Host!, real.Port);
        var through = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = wire.Port,
        }.ConnectionString;
        await using var app = await TestApp.StartNew("postgres", null, ("ConnectionStrings:Postgres", through));
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await (await owner.GetAsync("/api/v1/contacts")).Json(200);
        (await app.Anonymous().GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);

        wire.Cut();

        var ready = await app.Anonymous().GetAsync("/health/ready");
        (ready.StatusCode, await ready.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));
        (await app.Anonymous().GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (
            var asked in new Func<Task<HttpResponseMessage>>[]
            {
                () => owner.GetAsync("/api/v1/contacts"),
                () => owner.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon)),
            }
        )
        {
            var answer = await asked().WaitAsync(TimeSpan.FromSeconds(10));
            (await answer.Json(503))["type"]!.GetValue<string>().ShouldBe("unavailable");
            answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        }

        wire.Mend();

        for (var left = 50; (await app.Anonymous().GetAsync("/health/ready")).StatusCode != HttpStatusCode.OK; left--)
        {
            left.ShouldBeGreaterThan(0, "it does not come back");
            await Task.Delay(200);
        }

        await (await owner.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon))).Json(201);
    }

    [Fact]
    public async Task Each_engines_words_for_away_and_full_are_known()
    {
        await using var sqlite = new SqliteDb(SqliteDb.Options("none.db"));
        await using var postgres = new PostgresDb(PostgresDb.Options("Host=nowhere"));
        foreach (
            var (code, extended, trouble) in new[]
            {
                (5, 5, DatabaseFailure.Away),
                (6, 6, DatabaseFailure.Away),
                (14, 14, DatabaseFailure.Away),
                (13, 13, DatabaseFailure.Full),
                (10, 778, DatabaseFailure.Full),
                (10, 10, DatabaseFailure.Away),
                (19, 2067, DatabaseFailure.None),
                (1, 1, DatabaseFailure.None),
            }
        )
        {
            sqlite
                .FailureOf(new DbUpdateException("x", new SqliteException(Secret, code, extended)))
                .ShouldBe(trouble, $"{code}/{extended}");
        }

        foreach (
            var (state, trouble) in new[]
            {
                ("53100", DatabaseFailure.Full),
                ("57P01", DatabaseFailure.Away),
                ("57014", DatabaseFailure.Away),
                ("55P03", DatabaseFailure.Away),
                ("53300", DatabaseFailure.Away),
                ("23505", DatabaseFailure.None),
                ("42P01", DatabaseFailure.None),
            }
        )
        {
            postgres.FailureOf(new DbUpdateException("x", new PostgresException(Secret, "ERROR", "ERROR", state))).ShouldBe(trouble, state);
        }

        postgres.FailureOf(new NpgsqlException("x", new SocketException())).ShouldBe(DatabaseFailure.Away);
    }

    private static async Task Do(TestApp app, string harm)
    {
        await using var db = app.Open();
        await using var command = await db.Sql(harm, default);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The wire to a database server, which can be cut.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly string _host;
        private readonly int _port;
        private readonly List<TcpClient> _ends = [];
        private TcpListener _listener = new(IPAddress.Loopback, 0);
        private Task _accepting;

        public Wire(string host, int port)
        {
            (_host, _port) = (host, port);
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _accepting = Accept(_listener);
        }

        public int Port { get; }

        public void Cut()
        {
            _listener.Stop();
            lock (_ends)
            {
                _ends.ForEach(e => e.Dispose());
                _ends.Clear();
            }
        }

        public void Mend()
        {
            _listener = new(IPAddress.Loopback, Port);
            _listener.Start();
            _accepting = Accept(_listener);
        }

        public async ValueTask DisposeAsync()
        {
            Cut();
            await _accepting;
        }

        private async Task Accept(TcpListener listener)
        {
            try
            {
                while (true)
                {
                    var near = await listener.AcceptTcpClientAsync();
                    var far = new TcpClient();
                    await far.ConnectAsync(_host, _port);
                    lock (_ends)
                    {
                        _ends.AddRange([near, far]);
                    }

                    _ = Carry(near, far);
                    _ = Carry(far, near);
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut.
            }
        }

        private static async Task Carry(TcpClient from, TcpClient to)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream());
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut.
            }
            finally
            {
                from.Dispose();
                to.Dispose();
            }
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.AspNetCore.Http;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>The guest list against the raw database: rows 1 to 8 and 13 of the goals, and the filters.</summary>
internal sealed class GuestListBench(BenchDatabase town, RunningBellhop ours, RawDatabase raw, TextWriter report)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);

    private readonly BellhopDb _db = town.Open();
    private readonly ListQueries _questions = new(town);
    private readonly List<string> _met = [];
    private readonly List<string> _missed = [];

    /// <summary>What was met and what was not, a line each.</summary>
    public IReadOnlyList<string> Met => _met;
    public IReadOnlyList<string> Missed => _missed;

    /// <param name="small">The program over 10,000 guests.</param>
    /// <param name="rows">Numbers of the goals; every one where left out.</param>
    public async Task Run(RunningBellhop small, IReadOnlySet<string>? rows)
    {
        await report.WriteLineAsync($"# The guest list: {town.Engine}, {town.Size:N0} guests");
        await report.WriteLineAsync();
        await report.WriteLineAsync(
            $"Load average before: {await Load()}. Microseconds, minimum / median of rounds taken in turn; R is ours ÷ "
                + "limit, of the minima / median of the rounds' own ratios."
        );
        await report.WriteLineAsync();
        await report.WriteLineAsync("| # | what | ours | limit | R | goal |");
        await report.WriteLineAsync("|---|---|---|---|---|---|");
        // The runtime compiles what runs often anew, in the background: what is timed before is another program.
        var warm = raw.Put("warm", await _questions.Ask(new(ContactFilter.None), ContactSql.Plan.Walk));
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < WarmUp; )
        {
            await Get("/api/v1/contacts");
            await Get(warm);
        }

        foreach (
            var (number, measure) in new (string, Func<Task>)[]
            {
                ("1", Pages),
                ("2", Html),
                ("3", Depth),
                ("4", () => Against(small)),
                ("5", Rare),
                ("6", Worst),
                ("filters", Filters),
                ("7", Cards),
                ("8", Create),
                ("13", Throughput),
            }
        )
        {
            if (rows?.Contains(number) != false)
            {
                await measure();
            }
        }

        await report.WriteLineAsync();
        await report.WriteLineAsync($"Load average after: {await Load()}.");
        await report.WriteLineAsync();
        await report.WriteLineAsync("Met: " + (_met.Count == 0 ? "none." : string.Join("; ", _met) + "."));
        await report.WriteLineAsync();
        await report.WriteLineAsync("Not yet: " + (_missed.Count == 0 ? "none of these rows." : string.Join("; ", _missed) + "."));
    }

    private async Task Pages()
    {
        foreach (var sort in ContactSort.All)
        {
            await Page($"page of 25 by {sort.ToQuery(true)}", new(ContactFilter.None, sort), $"?sort={sort.ToQuery(true)}");
        }

        await Page("page of 25 by name, forwards", new(ContactFilter.None, NameField.Column.By, false), "?sort=name");
        await Page("page of 25, one property", new(new(PropertyIds: [town.Properties[0]])), $"?propertyId={town.Properties[0]}");
    }

    private async Task Page(string what, ListContacts.Query query, string address)
    {
        var question = await _questions.Ask(query, ContactSql.Plan.Walk);
        var url = raw.Put("page", question);
        var rounds = await Comparison.Run(() => Get("/api/v1/contacts" + address), () => Get(url));
        await Line("1", what, rounds, "R ≤ 1.25", rounds.R <= 1.25);
    }

    private async Task Html()
    {
        using var visitor = await SignedInOwner.SignIn(ours.Url, _db);
        var page = new ContactsPageBench(town, visitor, raw);
        var whole = await page.Page(await _questions.Ask(new(ContactFilter.None), ContactSql.Plan.Walk));
        await Line("2", "the page as HTML, signed in (limit: by hand, the same frame, cards and rows)", whole, "R ≤ 1.5", whole.R <= 1.5);
        var more = await page.More(await _questions.Ask(new(ContactFilter.None), ContactSql.Plan.Walk));
        await Line(
            "2",
            "Load More on a circuit: question and drawing of 25 further rows, not sent (limit: question and rows as HTML)",
            more,
            "R ≤ 1.2",
            more.R <= 1.2
        );
    }

    private async Task Depth()
    {
        foreach (var sort in new[] { ContactSort.Created, NameField.Column.By, SpentField.Column.By })
        {
            var query = new ListContacts.Query(ContactFilter.None, sort);
            var middle = await _questions.Middle(query);
            var rounds = await Comparison.Run(() => _questions.Read(query, middle), () => _questions.Read(query, null));
            await Line("3", $"page at row N/2 by {sort.ToQuery(true)} ÷ first page, without HTTP", rounds, "≤ 1.1", rounds.R <= 1.1);
        }
    }

    private async Task Against(RunningBellhop small)
    {
        if (town.Size <= 10_000)
        {
            return;
        }

        var goal = town.Engine == "sqlite" ? 1.2 : 1.5;
        var rounds = await Comparison.Run(() => Get("/api/v1/contacts"), async () => await Drain(small.Client, "/api/v1/contacts"));
        await Line("4", "page here ÷ page at 10,000", rounds, $"≤ {goal.ToString(CultureInfo.InvariantCulture)}", rounds.R <= goal);
    }

    private async Task Rare()
    {
        foreach (var (what, term) in new[] { ("a name", GuestGenerator.RareName), ("part of a phone", await _questions.SomePhone()) })
        {
            var query = new ListContacts.Query(new(Q: term));
            var url = raw.Put(
                "rare",
                await _questions.Ask(query, town.Size > SearchSample.FewGuests ? ContactSql.Plan.Index : ContactSql.Plan.Walk)
            );
            var rounds = await Comparison.Run(() => Get("/api/v1/contacts?q=" + Uri.EscapeDataString(term)), () => Get(url));
            await Line("5", $"search for {what} that few have", rounds, "R ≤ 1.3; ≤ 5 ms", rounds.R <= 1.3 && rounds.Least <= 5000);
        }
    }

    private async Task Worst()
    {
        var worst = await WorstSearch.Find(town, Get);
        var (what, cells) = (
            $"worst of {worst.Searches} searches, each the best of 5, of 25 where slow (`{worst.What}`)",
            $"{Comparison.Show(worst.Micros)} | – | –"
        );
        await Line("6", what, cells, "≤ 15 ms", worst.Micros <= 15_000);
    }

    private async Task Filters()
    {
        await foreach (var (what, micros) in FilteredPages.Measure(Get))
        {
            await Line("filters", $"page of 25: {what}", $"{Comparison.Show(micros)} | – | –", "≤ 15 ms", micros <= 15_000);
        }
    }

    private async Task Cards()
    {
        foreach (
            var (what, property, address) in new[]
            {
                ("four cards", Guid.Empty, ""),
                ("four cards, one property", town.Properties[0], $"?propertyId={town.Properties[0]}"),
            }
        )
        {
            var url = raw.Put(
                "cards",
                new(
                    "SELECT measure, sum(amount) FROM counters WHERE organization_id = @organization "
                        + "AND property_id = @property AND measure <= 2 GROUP BY measure",
                    command => command.With("organization", 1).With("property", _db.Stored(property)),
                    false
                )
            );
            var rounds = await Comparison.Run(() => Get("/api/v1/contacts/summary" + address), () => Get(url));
            await Line("7", what, rounds, "flat: compare sizes", null);
        }

        var scan = await Comparison.Run(
            () => Get("/api/v1/contacts/summary?minBookings=3&active=true"),
            () => Get("/api/v1/contacts/summary"),
            40,
            2
        );
        await Line("7", "four cards, filtered ÷ unfiltered", scan, "one query", null);
        foreach (var tag in GuestGenerator.TagNames)
        {
            scan = await Comparison.Run(() => Get("/api/v1/contacts/summary?tag=" + tag), () => Get("/api/v1/contacts/summary"), 40, 2);
            await Line("7", $"four cards over the tag {tag} ÷ unfiltered", scan, "one query", null);
        }
    }

    private async Task Create()
    {
        var write = new RawGuestWrites(_db, town);
        var url = raw.Answer(
            "create",
            async http =>
            {
                using var body = await JsonDocument.ParseAsync(http.Request.Body);
                string text(string name) => body.RootElement.GetProperty(name).GetString()!;
                await write.Create(text("name"), text("phone"), text("email"));
                http.Response.StatusCode = 201;
                await http.Response.WriteAsJsonAsync(body.RootElement);
            }
        );
        var number = Random.Shared.Next(100_000_000);
        var rounds = await Comparison.Run(() => Post("/api/v1/contacts", "66"), () => Post(url, "67"), 200, 300);
        await Line("8", "a contact created, on disk, over HTTP", rounds, "R ≤ 1.5", rounds.R <= 1.5);

        async Task Post(string address, string country)
        {
            // Of countries nobody here has a phone of: a known one would be refused, not created.
            var phone = $"+34{country}{number++ % 10_000_000:0000000}";
            using var content = new StringContent(
                $$"""{"phone":"{{phone}}","name":"New """
                    + $$"""Guest","email":"new.{{Guid.CreateVersion7():N}}@guests.example","propertyId":"{{town.Properties[0]}}"}""",
                Encoding.UTF8,
                "application/json"
            );
            using var answer = await ours.Client.PostAsync(address, content);
            if ((int)answer.StatusCode != 201)
            {
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            }
        }
    }

    private async Task Throughput()
    {
        var url = raw.Put("many", await _questions.Ask(new(ContactFilter.None), ContactSql.Plan.Walk));
        await PagesRead.By32(() => Get("/api/v1/contacts"));
        var (mine, limit) = (new List<PagesRead>(), new List<PagesRead>());
        for (var i = 0; i < 5; i++)
        {
            mine.Add(await PagesRead.By32(() => Get("/api/v1/contacts")));
            limit.Add(await PagesRead.By32(() => Get(url)));
        }

        var ratio = mine.Max(m => m.PerSecond) / limit.Max(l => l.PerSecond);
        await Line(
            "13",
            "pages a second, 32 clients (most of 5 turns)",
            $"{mine.Max(m => m.PerSecond):N0} | {limit.Max(l => l.PerSecond):N0} | {Comparison.Ratio(ratio)}",
            "≥ 0.8",
            ratio >= 0.8
        );
        await Line(
            "13",
            "how long a page takes then, in ms: p50, p99, p99.9, longest (of all 5 turns)",
            $"{PagesRead.Waits(mine)} | {PagesRead.Waits(limit)} | –",
            "",
            null
        );
    }

    private Task Get(string address) => Drain(ours.Client, address);

    private static async Task Drain(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseContentRead);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{address}: {(int)answer.StatusCode}");
        }
    }

    private Task Line(string row, string what, Comparison rounds, string goal, bool? met) => Line(row, what, rounds.Cells(), goal, met);

    private async Task Line(string row, string what, string cells, string goal, bool? met)
    {
        if (met is { } known)
        {
            (known ? _met : _missed).Add($"{row} {what}");
        }

        await report.WriteLineAsync($"| {row} | {what} | {cells} | {goal}{met switch { true => " ✓", false => " not yet", null => "" }} |");
        await report.FlushAsync();
    }

    private static async Task<string> Load() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
}

namespace Bellhop.Tests.Guards;

/// <param name="Name">Which call, and whose.</param>
/// <param name="Rows">How many rows of a refused access it leaves in the audit log.</param>
/// <param name="Send">Makes the call; says what is wrong with the answer, or null.</param>
internal sealed record RefusedCall(string Name, int Rows, Func<Task<string?>> Send);

/// <summary>
/// Many calls that must be refused and change nothing. The whole database is compared once, before the first call and after the last.
/// Where that shows a difference, everything is done again on another app with a comparison after each call, to name the one at fault.
/// </summary>
internal static class Refusals
{
    /// <param name="make">Fills an app that is empty, and lists the calls: the same ones each time it is asked.</param>
    public static async Task AllAre(string engine, Func<TestApp, Task<IReadOnlyCollection<RefusedCall>>> make)
    {
        var (wrong, changed) = (new List<string>(), new List<string>());
        await using (var app = await TestApp.Start(engine))
        {
            var calls = await make(app);
            var before = await Standing.Of(app);
            foreach (var call in calls)
            {
                if (await call.Send() is { } error)
                {
                    wrong.Add($"{call.Name}: {error}");
                }
            }

            var after = await Standing.Of(app);
            changed.AddRange(after.Against(before, calls.Sum(c => c.Rows)).Select(difference => $"All calls together: {difference}"));
        }

        if (changed.Count > 0)
        {
            changed.AddRange(await OneByOne(engine, make));
        }

        wrong.Concat(changed).ShouldBeEmpty();
    }

    private static async Task<List<string>> OneByOne(string engine, Func<TestApp, Task<IReadOnlyCollection<RefusedCall>>> make)
    {
        var changed = new List<string>();
        await using var app = await TestApp.Start(engine);
        foreach (var call in await make(app))
        {
            var before = await Standing.Of(app);
            await call.Send();
            changed.AddRange((await Standing.Of(app)).Against(before, call.Rows).Select(difference => $"{call.Name}: {difference}"));
        }

        return changed;
    }

    /// <summary>What the database holds at one time.</summary>
    private sealed record Standing(IReadOnlyDictionary<string, string> Tables, int Events, int Refused)
    {
        public static async Task<Standing> Of(TestApp app) =>
            new(await app.Snapshot(), await app.Events(), await app.Events("access.refused"));

        /// <summary>What has come to differ, other than so many rows of a refused access.</summary>
        public IEnumerable<string> Against(Standing before, int rows)
        {
            foreach (var table in Tables.Keys.Where(t => Tables[t] != before.Tables[t]))
            {
                yield return $"{table} was changed";
            }

            var (all, refused) = (Events - before.Events, Refused - before.Refused);
            if ((all, refused) != (rows, rows))
            {
                yield return $"{all} rows in the audit log, {refused} of them of a refused access, instead of {rows}";
            }
        }
    }
}

using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Features.Reports;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using static Bellhop.Tests.Features.Reports.ReportStays;

namespace Bellhop.Tests.Features.Reports;

public class ReportDaysTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task They_are_read_off_what_is_kept_of_each_day(string engine)
    {
        // A database that had other tests' rows has statistics of them, from which the planner chooses another index for two rows.
        await using var house = await TestHouse.MakeNew(engine);
        await using var db = house.Open();
        foreach (
            var (query, firsts) in new[]
            {
                (new ReportQuery(), "pk_counters"),
                (new(PropertyIds: [house.Lisbon]), "pk_counters"),
                (new(PropertyIds: [house.Lisbon, house.Auckland]), "ix_contact_at_guest"),
            }
        )
        {
            var scope = await ReportScope.Of(query, house.Owner, db, default);
            foreach (
                var (question, index) in new[]
                {
                    (ReportDays.Question(scope, db.Dialect), "pk_arrival_days"),
                    (ReportDays.QuestionBefore(scope), "pk_arrival_days"),
                    (FirstStays.Question(scope), firsts),
                }
            )
            {
                (await Plan(question, db)).ShouldContain(
                    engine == "postgres" ? index
                        : index.StartsWith("pk", StringComparison.Ordinal) ? $"sqlite_autoindex_{index[3..]}_1"
                        : $"COVERING INDEX {index}",
                    Case.Sensitive,
                    question.Write(db.Dialect).Text
                );
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whatever_several_people_do_at_once_reports_say_what_counting_says(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using (var db = house.Open())
        {
            await SetRate.Run("2020-01-01", "NZD", "EUR", new(0.55m), house.Owner, db, default);
            await SetRate.Run("2020-01-01", "NZD", "USD", new(0.60m), house.Owner, db, default);
        }

        var stays = Stays.Array[120].Generate(new PCG(11), null, out _);
        await Task.WhenAll(
            stays
                .Chunk(30)
                .Select(
                    (mine, writer) =>
                        Task.Run(async () =>
                        {
                            foreach (var (stay, at) in mine.Select((s, i) => (s, i)))
                            {
                                await using var db = house.Open();
                                await Receive(stay, "k" + (stay.Amount % 25), house, db); // the same few over and over, by all
                                if (
                                    at % 10 == writer
                                    && await db.Contacts.OrderBy(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync() is { } oldest
                                )
                                {
                                    await Try(() => DeleteContact.Run(oldest, house.Owner, db, IfMatch.Any, default));
                                }

                                if (
                                    at % 9 == 4
                                    && await db.Bookings.OrderByDescending(b => b.Id).Select(b => (Guid?)b.Id).FirstOrDefaultAsync()
                                        is { } booking
                                )
                                {
                                    await Try(() =>
                                        ChangeBooking.Run(
                                            booking,
                                            new(
                                                Arrival: Text(house.Day(stay.Day)),
                                                Departure: Text(house.Day(stay.Day + 2)),
                                                Total: new MoneyInput(stay.Amount, "NZD")
                                            ),
                                            house.Owner,
                                            db,
                                            IfMatch.Any,
                                            default
                                        )
                                    );
                                }

                                if (at == 15 && writer == 0)
                                {
                                    await ChangeOrganization.Run(new(Currency: "USD"), house.Owner, db, default);
                                }
                            }
                        })
                )
        );

        // Before the work of the new currency has come by and after it.
        await Compare(house, house.Owner, new(new(2020, 1, 1), new(2030, 1, 1)));
        await house.RunJobs();
        await Compare(house, house.Owner, new(new(2020, 1, 1), new(2030, 1, 1)));
        await Compare(house, house.At(house.Auckland), new());
        (await house.Check(new())).ShouldBeEmpty();

        static async Task Try(Func<Task> deed)
        {
            try
            {
                await deed();
            }
            catch (Refusal)
            {
                // Somebody else was there first.
            }
        }
    }

    private static async Task<string> Plan(Sql question, BellhopDb db)
    {
        if (db.Engine == "PostgreSQL")
        {
            await (await db.Sql("SET enable_seqscan = off", default)).ExecuteNonQueryAsync();
            return string.Join('\n', await db.Read($"EXPLAIN {question}", row => row.Text(), default));
        }

        return string.Join('\n', await db.Read($"EXPLAIN QUERY PLAN {question}", Detail, default));

        static string Detail(SqlRow row)
        {
            row.Skip(3);
            return row.Text();
        }
    }
}

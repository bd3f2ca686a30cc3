using System.Linq.Expressions;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Tests.Guards;

/// <summary>
/// Rows that hot paths read by hand, column by column, and then hold as EF would: every column of the table must come along, or the next
/// save writes over it.
/// </summary>
public class HandReadTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_property_and_its_organisation_are_read_whole(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Fill<Property>(p => p.Id == house.Auckland, house);
        await Fill<Organization>(o => o.Id == house.OrganizationId, house);
        await using var db = house.Open();
        await db.Properties.ExecuteUpdateAsync(set => set.SetProperty(p => p.EmbedOrigins, "https://www.harbour.example"));

        var property = (await db.FindProperty(house.Auckland, house.Owner, default))!;

        await Whole([property], db, house);
        await Whole(db.Organizations.Local.ToList(), db, house);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_leads_to_a_guest_is_read_whole(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("b1", phone: "912 345 678", email: "Ana@Example.org");
        house.Clock.Jump(TimeSpan.FromHours(1));
        await house.Book("b2", phone: "912345678", email: "ana@example.org"); // seen again
        await Fill<Identity>(i => i.Kind == IdentityKind.Email, house);
        await using var db = house.Open();

        var checkedRows = await db.Save(async () =>
        {
            var property = (await db.FindProperty(house.Lisbon, house.Owner, default))!;
            var guest = new ResolveContact.Given(
                "Ana",
                "912345678",
                Phone.Parse("912345678", "PT"),
                "ana@example.org",
                Email.Parse("ana@example.org")
            );
            await ResolveContact.Run(new(property, Source.Website, TouchKind.Manual, guest, Claimed: true), house.Owner, db, default);
            var read = db.Identities.Local.ToList();
            await Whole(read, db, house);
            return read.Count;
        });

        checkedRows.ShouldBe(2);
    }

    /// <summary>Gives every column of a row that says nothing yet a value to tell by.</summary>
    private static async Task Fill<T>(Expression<Func<T, bool>> which, TestHouse house)
        where T : class
    {
        await using var db = house.Open();
        await db.Arrange(async () =>
        {
            var row = db.Entry(await db.Set<T>().SingleAsync(which));
            foreach (
                var column in row
                    .Metadata.GetProperties()
                    .Where(p => !p.IsPrimaryKey() && IsNothing(p, Value(p, row.Entity)) && !p.ClrType.IsEnum)
            )
            {
                var type = Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType;
                row.Property(column).CurrentValue =
                    type == typeof(string) ? "x"
                    : type == typeof(bool) ? true
                    : type == typeof(Guid) ? Guid.CreateVersion7()
                    : type == typeof(DateTime) ? db.Now
                    : type == typeof(DateOnly) ? new DateOnly(2026, 6, 15)
                    : Convert.ChangeType(7, type);
            }

            return true;
        });
    }

    private static bool IsNothing(IReadOnlyProperty column, object? value) =>
        value is null || value.Equals(column.ClrType.IsValueType ? Activator.CreateInstance(column.ClrType) : "");

    /// <summary>
    /// Every column has the value that EF reads there, and in one row at least a value to tell by: a column that is new fails here until it
    /// is read by hand.
    /// </summary>
    private static async Task Whole<T>(IReadOnlyList<T> read, BellhopDb db, TestHouse house)
        where T : class
    {
        var table = db.Model.FindEntityType(typeof(T))!;
        await using var other = house.Open();
        var pairs = new List<(T Read, T Stored)>();
        foreach (var row in read)
        {
            pairs.Add((row, (await other.FindAsync<T>([.. table.FindPrimaryKey()!.Properties.Select(p => Value(p, row))]))!));
        }

        foreach (var column in table.GetProperties())
        {
            pairs.ShouldContain(
                p => !IsNothing(column, Value(column, p.Stored)),
                $"{typeof(T).Name}.{column.Name} has no value in the sample"
            );
            pairs.ShouldAllBe(p => Equals(Value(column, p.Read), Value(column, p.Stored)), $"{typeof(T).Name}.{column.Name}");
        }
    }

    private static object? Value(IReadOnlyProperty column, object row) => column.PropertyInfo!.GetValue(row);
}

namespace Bellhop.Tests.Features.Imports;

public class SeveralPhonesTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_several_phones_in_a_cell_or_a_row_the_first_that_can_be_a_guests_counts(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var import = await house.Import(
            "Name,Mobile,Home phone\r\n"
                + "A,912000001 / 912000002,\r\n"
                + "B,912000003;912000004,\r\n"
                + "C,\"912000005, 912000006\",\r\n"
                + "D,+351912000007 | +351912000008,\r\n"
                + "E,\"912000009\n912000010\",\r\n"
                + "F,n/a ::: 912000011,\r\n"
                + "G,210 000 111/2,\r\n"
                + "H,abc,912000012\r\n"
                + "I,0000000,912000013\r\n"
                + "J,3.46E+10,912000014\r\n"
                + "K,123 / 456,\r\n"
                + "L,\"3,46612E+10\",\r\n"
                + "M,12/05/2025,\r\n"
        );

        (import.Created, import.Failed).ShouldBe((10, 3));
        (await house.Guests())
            .ConvertAll(g => string.Join('|', g.Split('|').Take(2)))
            .ShouldBe([
                "A|+351912000001",
                "B|+351912000003",
                "C|+351912000005",
                "D|+351912000007",
                "E|+351912000009",
                "F|+351912000011",
                "G|+351210000111",
                "H|+351912000012",
                "I|+351912000013",
                "J|+351912000014",
            ]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_phone_taken_instead_of_another_has_the_country_beside_it(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import("Name,Mobile country code,Mobile,Home phone country code,Home phone\r\nA,+34,abc,+33,612345678\r\n");
        (await house.Guests()).ShouldHaveSingleItem().ShouldStartWith("A|+33612345678|");
    }
}

using Bellhop.Features.Intake;

namespace Bellhop.Tests.Features.Intake;

public class TypedGuestTests
{
    [Theory]
    [InlineData(" +351 912 345 678 ", null, "+351 912 345 678", null)]
    [InlineData("912345678", null, "912345678", null)]
    [InlineData("ana@example.org", null, null, "ana@example.org")]
    [InlineData("Ana 2", "Ana 2", null, null)]
    [InlineData("Zimmer 10245", "Zimmer 10245", null, null)]
    [InlineData("李 明", "李 明", null, null)]
    [InlineData("1234", "1234", null, null)]
    [InlineData("   ", null, null, null)]
    [InlineData(null, null, null, null)]
    public void What_was_looked_for_in_vain_is_a_phone_an_email_or_a_name(string? typed, string? name, string? phone, string? email) =>
        TypedGuest.Of(typed).ShouldBe(new(name, phone, email));

    [Fact]
    public void A_short_list_has_the_phone_itself_first_then_who_is_here_then_who_comes_then_who_was_here_last()
    {
        (string Name, string Phone, bool Active, DateOnly? Last)[] guests =
        [
            ("long ago", "+351912345671", false, new(2020, 1, 1)),
            ("never", "+351912345672", false, null),
            ("next year", "+351912345676", true, new(2027, 1, 1)),
            ("tomorrow", "+351912345677", true, new(2026, 3, 3)),
            ("comes again", "+351912345678", true, new(2024, 1, 1)),
            ("here", "+351912345673", true, new(2026, 3, 2)),
            ("lately", "+351912345674", false, new(2026, 1, 1)),
            ("the phone", "+351912345675", false, null),
        ];

        string[] others = ["here", "comes again", "tomorrow", "next year", "lately", "long ago", "never"];
        Order("912 345 675").ShouldBe(["the phone", .. others]);
        Order("0912345675").ShouldBe(["the phone", .. others]);
        Order("ana").ShouldBe([.. others, "the phone"]);

        IEnumerable<string> Order(string typed) =>
            guests.InOrder(typed, g => g.Phone, g => g.Active, g => g.Last, new(2026, 3, 2)).Select(g => g.Name);
    }
}

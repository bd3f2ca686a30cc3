using Bellhop.Features.Tags;
using CsCheck;

namespace Bellhop.Tests.Features.Tags;

public sealed class TagCellTests
{
    private static readonly Gen<string> Cell = Gen.String[Gen.Char["ab \",;|:\n'"], 0, 14];

    [Theory]
    [InlineData("lead,client", "lead", "client")]
    [InlineData("VIP; Stammgast ;", "VIP", "Stammgast")]
    [InlineData("a|b||a", "a", "b")]
    [InlineData("* myContacts ::: Guests", "* myContacts", "Guests")]
    [InlineData("\"Doe, John\", \"say \"\"hi\"\"\"", "Doe, John", "say \"hi\"")]
    [InlineData("5\" pipe, \"open", "5\" pipe", "\"open")]
    [InlineData("VIP, vip", "VIP")]
    [InlineData("  ")]
    public void A_cell_holds_several_tags(string cell, params string[] names) => TagCell.Read(cell).ShouldBe(names);

    [Fact]
    public void Any_names_written_are_read_back() =>
        Gen.OneOf(Cell, Gen.String)
            .Array[0, 5]
            .Sample(any =>
            {
                var names = any.Where(n => !string.IsNullOrWhiteSpace(n)).DistinctBy(Tag.Key).ToList();
                TagCell.Read(TagCell.Write(names)).ShouldBe(names);
            });

    [Fact]
    public void What_was_read_and_written_is_read_the_same() =>
        Gen.String[Gen.Char["ab \",;|:\n'"], 0, 30]
            .Sample(cell =>
            {
                var names = TagCell.Read(cell);
                TagCell.Read(TagCell.Write(names)).ShouldBe(names);
            });
}

using Bellhop.Features.Tags;
using CsCheck;

namespace Bellhop.Tests.Features.Tags;

public class TagCellTests
{
    [Fact]
    public void A_cell_gives_back_the_tags_that_were_put_in() => Gen.String[Gen.Char["ab,;|: \"'="], 1, 9].Select(n => n.Trim()).Where(n => n.Length > 0).List[0, 4].Sample(names =>
        TagCell.Read(TagCell.Write(names)).ShouldBe(names));

    [Theory]
    [InlineData("VIP", "VIP")]
    [InlineData(" VIP ; Late arrival|Quiet ::: Vegan,", "VIP/Late arrival/Quiet/Vegan")]
    [InlineData("\"a, b\", c", "a, b/c")]
    [InlineData("5\" screen, x", "5\" screen/x")]
    [InlineData("", "")]
    public void What_people_type_is_read(string cell, string tags) => string.Join('/', TagCell.Read(cell)).ShouldBe(tags);
}

using Bellhop.Host;
using Bellhop.Platform;

namespace Bellhop.Tests.Host;

public sealed class ImportCommandTests
{
    [Theory]
    [InlineData("Phone, mobile=phone,Guest=name", """{"Phone, mobile":"phone","Guest":"name"}""")]
    [InlineData("\"Phone, mobile\"=phone", """{"Phone, mobile":"phone"}""")]
    [InlineData("Guest=name,Phone, mobile=phone,", """{"Guest":"name","Phone, mobile":"phone"}""")]
    [InlineData("a=b=phone,Notes=", """{"a=b":"phone","Notes":""}""")]
    public void The_command_line_names_a_column_whose_heading_holds_a_comma(string map, string json) =>
        ImportCommand.Mapping(map).ShouldBe(json);

    [Fact]
    public void A_column_without_a_field_is_named() =>
        Should.Throw<OperatorProblem>(() => ImportCommand.Mapping("Guest=name,Phone, mobile")).Message.ShouldContain("Phone, mobile");
}

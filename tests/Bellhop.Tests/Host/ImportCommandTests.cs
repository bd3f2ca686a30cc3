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

    [Fact]
    public async Task What_is_wrong_with_an_option_is_said_of_the_option_as_it_was_typed()
    {
        using var place = new Place();
        await place.SetUp();
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "guests.csv"), "Guest,Home Tel\nAna,+351912000001\n");

        foreach (
            var (map, mode, says) in new[]
            {
                ("Mobil Tel=phone", "fill", "--map 'Mobil Tel': The file has no such column."),
                ("Home Tel=telefone", "fill", "--map 'Home Tel': There is no such field."),
                ("Home Tel=,Guest=", "fill", "--map: No column is mapped"),
                ("Home Tel=phone", "sometimes", "--mode: "),
            }
        )
        {
            var run = await BellhopProcess.Run(
                place.Folder,
                ["import", "guests.csv", "--property", "Sea Hostel", "--map", map, "--mode", mode]
            );
            run.Code.ShouldBe(2, run.Error);
            run.Error.ShouldContain(says);
            run.Error.ShouldNotContain("mapping");
        }
    }
}

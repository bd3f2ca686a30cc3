using Bellhop.Ui;
using Bunit;

namespace Bellhop.Tests.Ui;

public class TextFieldTests
{
    [Fact]
    public async Task The_label_belongs_to_the_field_and_what_is_typed_goes_to_the_form()
    {
        await using var stage = new Stage();
        string? typed = null;

        var field = stage.Render<TextField>(p =>
            p.Add(f => f.Id, "edit-name")
                .Add(f => f.Label, "Name")
                .Add(f => f.Value, "Ana")
                .Add(f => f.ValueChanged, value => typed = value)
                .Add(f => f.Max, 50)
        );

        field.Find("label").GetAttribute("for").ShouldBe("edit-name");
        field.Find("label").TextContent.ShouldBe("Name");
        var input = field.Find("input");
        input.Id.ShouldBe("edit-name");
        input.GetAttribute("value").ShouldBe("Ana");
        input.GetAttribute("maxlength").ShouldBe("50");
        input.GetAttribute("dir").ShouldBe("auto");
        input.GetAttribute("aria-required").ShouldBe("false");
        await input.ChangeAsync("Ana Sequeira");
        typed.ShouldBe("Ana Sequeira");
    }

    [Fact]
    public async Task A_required_number_says_so_to_everybody_and_reads_from_left_to_right()
    {
        await using var stage = new Stage();

        var field = stage.Render<TextField>(p =>
            p.Add(f => f.Id, "add-phone")
                .Add(f => f.Label, "Phone")
                .Add(f => f.Required, true)
                .Add(f => f.LeftToRight, true)
                .Add(f => f.Type, "tel")
        );

        field.Find("label span").GetAttribute("aria-hidden").ShouldBe("true"); // the star is for eyes
        field.Find("input").GetAttribute("aria-required").ShouldBe("true");
        field.Find("input").GetAttribute("dir").ShouldBe("ltr");
        field.Find("input").GetAttribute("type").ShouldBe("tel");
    }

    [Fact]
    public async Task A_fault_takes_the_place_of_the_hint_and_is_tied_to_the_field()
    {
        await using var stage = new Stage();

        var field = stage.Render<TextField>(p =>
            p.Add(f => f.Id, "add-phone").Add(f => f.Label, "Phone").Add(f => f.Hint, "With its country code")
        );
        Said(field).ShouldBe("With its country code");
        field.Find("input").GetAttribute("aria-invalid").ShouldNotBe("true");

        field.Render(p => p.Add(f => f.Error, "The number is too short."));

        Said(field).ShouldBe("The number is too short.");
        field.Find("input").GetAttribute("aria-invalid").ShouldBe("true");
        field.Markup.ShouldNotContain("With its country code");
    }

    /// <summary>What a screen reader says of the field, beside its label.</summary>
    private static string Said(IRenderedComponent<TextField> field) =>
        string.Join(
            ' ',
            field.Find("input").GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find("#" + id).TextContent.Trim())
        );
}

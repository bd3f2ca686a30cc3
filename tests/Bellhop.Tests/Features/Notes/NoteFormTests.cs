using Bellhop.Features.Notes;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Ui;
using Bellhop.Ui;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Bellhop.Tests.Features.Notes;

public class NoteFormTests
{
    private readonly List<AddNote.Input> _saved = [];
    private Problem? _answer;

    [Fact]
    public async Task What_is_typed_chosen_and_ticked_is_saved()
    {
        await using var app = await TestApp.Start("sqlite");
        await using var stage = await Open(app);
        var form = Form(stage);

        form.FindAll("option")
            .Select(o => (o.GetAttribute("value"), o.TextContent))
            .ShouldBe([("preference", "Preference"), ("incident", "Incident"), ("allergy", "Allergy"), ("other", "Other")]);
        form.Find("textarea").GetAttribute("maxlength").ShouldBe(Note.TextMax.ToString());
        form.FindAll("label[for]").ShouldAllBe(l => form.Find("#" + l.GetAttribute("for")) != null);
        await form.Find("textarea").ChangeAsync("Allergic to walnuts");
        await form.Find("select").ChangeAsync("allergy");
        await form.Find("input[type=checkbox]").ChangeAsync(true);
        await form.Find("form").SubmitAsync();

        _saved.ShouldBe([new("Allergic to walnuts", "allergy", true)]);
        stage.JSInterop.Invocations["bellhop.focus"].ShouldHaveSingleItem().Arguments.ShouldBe(["#note-text"]);
    }

    [Fact]
    public async Task A_cards_number_is_warned_of_once_and_saved_when_asked_again()
    {
        await using var app = await TestApp.Start("sqlite");
        await using var stage = await Open(app);
        var form = Form(stage);
        await form.Find("textarea").ChangeAsync("Paid with 4111 1111 1111 1111");

        await form.Find("form").SubmitAsync();

        _saved.ShouldBeEmpty();
        form.Find("[role=alert]").TextContent.ShouldContain("This looks like a payment card's number.");
        form.Find("button[type=submit]").TextContent.ShouldBe("Save anyway");
        await form.Find("form").SubmitAsync();
        _saved.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_text_is_looked_at_again()
    {
        await using var app = await TestApp.Start("sqlite");
        await using var stage = await Open(app);
        var form = Form(stage);
        await form.Find("textarea").ChangeAsync("Paid with 4111 1111 1111 1111");
        await form.Find("form").SubmitAsync();

        await form.Find("textarea").ChangeAsync("Passport AB1234567");

        form.FindAll("[role=alert]").ShouldBeEmpty();
        await form.Find("form").SubmitAsync();
        _saved.ShouldBeEmpty();
        form.Find("[role=alert]").TextContent.ShouldContain("passport");
        await form.Find("textarea").ChangeAsync("Likes the quiet side");
        await form.Find("form").SubmitAsync();
        _saved.ShouldBe([new("Likes the quiet side", "other", false)]);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_the_field_and_what_was_typed_is_kept()
    {
        await using var app = await TestApp.Start("sqlite");
        await using var stage = await Open(app);
        var form = Form(stage);
        _answer = Problem.Of(
            Refusal.Invalid("text", ErrorText.Of<PlatformTexts>("Error.Required")),
            stage.Services.GetRequiredService<IStringLocalizerFactory>()
        );
        await form.Find("textarea").ChangeAsync(" ");

        await form.Find("form").SubmitAsync();

        form.Find("textarea").GetAttribute("aria-invalid").ShouldBe("true");
        form.Find("#" + form.Find("textarea").GetAttribute("aria-describedby")).TextContent.ShouldNotBeEmpty();
        form.Find("textarea").GetAttribute("value").ShouldBe(" ");
        form.Find("button[type=submit]").HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public async Task Who_was_overtaken_is_told_and_keeps_what_they_typed()
    {
        await using var app = await TestApp.Start("sqlite");
        await using var stage = await Open(app);
        var note = new NoteRow(
            Guid.CreateVersion7(),
            "Likes tea",
            "preference",
            true,
            null,
            false,
            [],
            new(Guid.CreateVersion7(), "Ana"),
            DateTime.UnixEpoch,
            DateTime.UnixEpoch
        );
        var form = Form(stage, note);
        form.Find("textarea").GetAttribute("value").ShouldBe("Likes tea");
        form.Find("select").GetAttribute("value").ShouldBe("preference");
        form.Find("input[type=checkbox]").HasAttribute("checked").ShouldBeTrue();
        _answer = Problem.Of(Refusal.Changed(), stage.Services.GetRequiredService<IStringLocalizerFactory>());
        await form.Find("textarea").ChangeAsync("Likes green tea");

        await form.Find("form").SubmitAsync();

        form.Find("[role=alert]").TextContent.ShouldContain("Someone changed this note meanwhile.");
        form.Find("textarea").GetAttribute("value").ShouldBe("Likes green tea");
    }

    private static async Task<Stage> Open(TestApp app) =>
        await new Stage().Enter(app, (await app.MakeHouse()).OrganizationId, Roles.FrontDesk);

    private IRenderedComponent<NoteForm> Form(Stage stage, NoteRow? note = null) =>
        stage.Render<NoteForm>(p =>
            p.Add(f => f.Note, note)
                .Add(
                    f => f.OnSave,
                    input =>
                    {
                        _saved.Add(input);
                        return Task.FromResult(_answer);
                    }
                )
        );
}

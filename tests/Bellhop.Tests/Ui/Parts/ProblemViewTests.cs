using Bellhop.Platform;
using Bellhop.Ui;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Bellhop.Tests.Ui;

public class ProblemViewTests
{
    [Fact]
    public async Task What_failed_is_said_with_its_number_and_may_be_tried_again()
    {
        await using var stage = new Stage();
        var tried = 0;

        var view = stage.Render<ProblemView>(p =>
            p.Add(v => v.Problem, Problem.Failed("4711", Words(stage))).Add(v => v.OnRetry, () => tried++)
        );

        view.Find("section").GetAttribute("role").ShouldBe("alert");
        view.Find("h2").TextContent.ShouldBe("Something went wrong");
        view.Find("p").TextContent.ShouldContain("4711");
        await view.Find("button").ClickAsync();
        tried.ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_can_try_again_has_no_button_for_it()
    {
        await using var stage = new Stage();

        var view = stage.Render<ProblemView>(p => p.Add(v => v.Problem, Problem.Failed("4711", Words(stage))));

        view.FindAll("button, a").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_leads_back_to_the_list()
    {
        await using var stage = new Stage();

        var view = stage.Render<ProblemView>(p =>
            p.Add(v => v.Problem, Problem.Of(Refusal.NotThere("contact", Guid.CreateVersion7()), Words(stage)))
                .Add(v => v.OnRetry, () => { })
        );

        view.Find("h2").TextContent.ShouldBe("Not found");
        view.Find("a").GetAttribute("href").ShouldBe("/contacts");
        view.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_lacks_a_permission_reads_which_and_whom_to_ask()
    {
        await using var stage = new Stage();
        var view = stage.Render<ProblemView>(p =>
            p.Add(v => v.Problem, Problem.Of(Refusal.NotAllowed(Permission.ContactsView), Words(stage)))
        );

        view.Find("p").TextContent.ShouldBe("You need the permission View contacts. Ask someone who manages the team for it.");
        view.FindAll("button, a").ShouldBeEmpty();
    }

    private static IStringLocalizerFactory Words(Stage stage) => stage.Services.GetRequiredService<IStringLocalizerFactory>();
}

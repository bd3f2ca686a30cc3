using AngleSharp.Dom;
using Bellhop.Features.Contacts;
using Bellhop.Features.Team;
using Bellhop.Tests.Ui;
using Bunit;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

public class DeleteDialogTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task It_says_what_is_lost_and_what_stays_and_a_yes_deletes_that_guest(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (house, line) = await Guest(app);
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Owner);
        var told = new List<ContactLine?>();

        var dialogs = Open(stage, line, 1, told);

        dialogs.Find("h2").TextContent.ShouldBe("Delete Inês Valadares?");
        dialogs
            .FindAll("p")
            .Select(p => p.TextContent)
            .ShouldBe([
                "Gone for good: the contact with its phone, email, tags and notes. There is no undo.",
                "What stays: past bookings with their dates and amounts, in your reports, without the person.",
            ]);
        (await Left(app)).ShouldBe(1);
        // The keyboard stands on Cancel.
        stage.JSInterop.Invocations["bellhop.open"].ShouldHaveSingleItem().Arguments[1].ShouldBe("#ask-no");
        await dialogs.Find("#ask-yes").ClickAsync();
        (await Left(app)).ShouldBe(0);
        told.ShouldBe([line]);
    }

    [Fact]
    public async Task A_no_deletes_nobody()
    {
        await using var app = await TestApp.Start("sqlite");
        var (house, line) = await Guest(app);
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Owner);
        var closed = 0;

        var dialogs = Open(stage, line, 1, [], () => closed++);
        dialogs.Find("#ask-no").Closest("form")!.GetAttribute("method").ShouldBe("dialog"); // the browser closes it then, and says so
        await dialogs.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty);

        closed.ShouldBe(1);
        (await Left(app)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_not_delete_is_refused_in_words_and_the_guest_stays()
    {
        await using var app = await TestApp.Start("sqlite");
        var (house, line) = await Guest(app);
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.FrontDesk);
        var told = new List<ContactLine?>();

        var dialogs = Open(stage, line, 1, told);
        await dialogs.Find("#ask-yes").ClickAsync();

        dialogs.Find("[role=alert]").TextContent.ShouldContain("You need the permission Delete contacts.");
        dialogs.Find("#ask-yes").HasAttribute("disabled").ShouldBeFalse();
        (await Left(app), await app.Events("access.refused")).ShouldBe((1, 1));
        told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_it_only_asks()
    {
        await using var app = await TestApp.Start("sqlite");
        var (house, _) = await Guest(app);
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.Owner);
        var told = new List<ContactLine?>();

        var dialogs = Open(stage, null, 1_234, told);
        dialogs.Find("h2").TextContent.ShouldBe("Delete 1,234 contacts?");
        dialogs.Find("p").TextContent.ShouldStartWith("Gone for good: these contacts");
        await dialogs.Find("#ask-yes").ClickAsync();

        told.ShouldBe([null]);
        (await Left(app)).ShouldBe(1);
    }

    private static IRenderedComponent<DeleteDialog> Open(
        Stage stage,
        ContactLine? line,
        int count,
        List<ContactLine?> told,
        Action? closed = null
    ) =>
        stage.Render<DeleteDialog>(p =>
            p.Add(d => d.Line, line).Add(d => d.Count, count).Add(d => d.OnDone, told.Add).Add(d => d.OnClose, () => closed?.Invoke())
        );

    private static async Task<(House House, ContactLine Line)> Guest(TestApp app)
    {
        var house = await app.MakeHouse();
        await using var db = app.Open();
        var row = (
            await AddContact.Run(new("+351912345678", house.Lisbon, "Inês Valadares"), TestApp.Everything(house), db, default)
        ).Value;
        return (house, ContactLine.Of(row));
    }

    private static async Task<int> Left(TestApp app)
    {
        await using var db = app.Open();
        return await db.Contacts.CountAsync();
    }
}

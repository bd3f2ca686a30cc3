using AngleSharp.Dom;
using Bellhop.Features.Contacts;
using Bellhop.Features.Tags;
using Bellhop.Tests.Ui;
using Bellhop.Ui;
using Bunit;

namespace Bellhop.Tests.Features.Contacts;

public class ContactTableTests
{
    [Fact]
    public async Task A_guests_row_says_everything_and_each_name_leads_where_it_should()
    {
        await using var stage = new Stage();

        var row = Table(stage, [Guests.Whole]).Find("tbody tr");

        row.QuerySelector(".who b")!.TextContent.ShouldBe("Inês Valadares");
        row.QuerySelector(".who b")!.GetAttribute("dir").ShouldBe("auto");
        row.QuerySelector(".who a.open")!.GetAttribute("href").ShouldBe($"/contacts/{Guests.Whole.Id}?q=ana");
        row.QuerySelector(".who .av")!.TextContent.ShouldBe("IV");
        row.QuerySelector(".who small bdi")!.TextContent.ShouldBe("+351 912 345 678");
        row.QuerySelector(".from")!.TextContent.ShouldBe("Booking.com");
        row.QuerySelector(".from use")!.GetAttribute("href").ShouldEndWith("#s-BookingCom");
        row.QuerySelector(".tags .t-Teal")!.TextContent.ShouldBe("VIP");
        row.QuerySelectorAll(".n").Select(n => n.TextContent).ShouldBe(["1,234", "€1,234.56"]);
        row.QuerySelector(".n .mute").ShouldBeNull();
        row.QuerySelector(".since")!.TextContent.ShouldBe("Mar 2023");
        var last = row.QuerySelector(".last a")!;
        last.TextContent.ShouldBe("14 Nov 2026");
        last.GetAttribute("href").ShouldBe($"/bookings/{Guests.Whole.LastBooking!.Id}");
        last.GetAttribute("aria-label").ShouldBe("Booking of Inês Valadares, arrival 14 Nov 2026");
        row.QuerySelector(".rating [role=img]")!.GetAttribute("aria-label").ShouldBe("4 of 5 stars");
        row.QuerySelectorAll(".acts [aria-label]")
            .Select(a => a.GetAttribute("aria-label"))
            .ShouldBe(["WhatsApp to Inês Valadares", "Edit Inês Valadares", "Delete Inês Valadares"]);
    }

    [Fact]
    public async Task What_is_not_known_is_said_and_nothing_counted_is_mute()
    {
        await using var stage = new Stage();

        var row = Table(stage, [Guests.Bare]).Find("tbody tr");

        row.QuerySelector(".who b.mute")!.TextContent.ShouldBe("No name yet");
        row.QuerySelector(".who small")!.TextContent.ShouldBe("no phone yet");
        row.QuerySelectorAll(".n .mute").Select(n => n.TextContent).ShouldBe(["0", "€0.00"]);
        row.QuerySelector(".tags")!.TextContent.ShouldBe("");
        row.QuerySelector(".last")!.TextContent.ShouldBe("–");
        row.QuerySelector(".rating")!.TextContent.ShouldBe("–");
        row.QuerySelector(".wa").ShouldBeNull();
        row.QuerySelector(".acts button")!.GetAttribute("aria-label").ShouldBe("Edit No name yet");
    }

    [Fact]
    public async Task A_guest_without_a_name_is_called_by_their_phone_or_else_their_email()
    {
        await using var stage = new Stage();

        var table = Table(stage, [Guests.Whole with { Name = null }, Guests.Bare with { Email = "a@example.org" }]);

        table
            .FindAll("tbody button[id^=e-]")
            .Select(b => b.GetAttribute("aria-label"))
            .ShouldBe(["Edit +351 912 345 678", "Edit a@example.org"]);
    }

    [Theory]
    [InlineData("+351912345678", "https://wa.me/351912345678")]
    [InlineData("+5511961234567", "https://wa.me/5511961234567")]
    [InlineData("+15550100001", null)] // possible, and nobody's
    [InlineData(null, null)]
    public async Task WhatsApp_is_offered_where_the_number_is_valid_and_nowhere_else(string? phone, string? address)
    {
        await using var stage = new Stage();

        var link = Table(stage, [Guests.Whole with { Phone = phone }]).FindAll("a.wa").SingleOrDefault();

        link?.GetAttribute("href").ShouldBe(address);
        (link is null).ShouldBe(address is null);
        if (link is not null)
        {
            link.GetAttribute("target").ShouldBe("_blank");
            link.GetAttribute("rel").ShouldBe("noopener noreferrer");
        }
    }

    [Fact]
    public async Task The_column_that_sorts_says_how_and_the_others_say_nothing()
    {
        await using var stage = new Stage();

        var table = Table(stage, [Guests.Whole], new(new(), SpentField.Column.By));

        Sorted(table).ShouldBe([("Total Spent", "descending")]);
        table
            .FindAll("th a")
            .Select(a => (a.TextContent, a.GetAttribute("href")))
            .ShouldBe([
                ("Contact", "/contacts?sort=name"),
                ("Source", "/contacts?sort=source"),
                ("Bookings", "/contacts?sort=-bookings"),
                ("Total Spent", "/contacts?sort=totalSpent"),
                ("Customer Since", "/contacts?sort=-customerSince"),
                ("Last Booking", "/contacts?sort=-lastBooking"),
                ("Rating", "/contacts?sort=-rating"),
            ]);
        Sorted(Table(stage, [Guests.Whole], new(new(), NameField.Column.By, false))).ShouldBe([("Contact", "ascending")]);
        Sorted(Table(stage, [Guests.Whole], new(new()))).ShouldBeEmpty(); // newest first is nobody's column
    }

    [Fact]
    public async Task Who_may_not_delete_sees_no_trash_and_no_box()
    {
        await using var stage = new Stage();

        var table = Table(stage, [Guests.Whole, Guests.Bare], may: (true, false, true));

        table.FindAll("input").ShouldBeEmpty();
        table.FindAll("button").Select(b => b.Id).ShouldBe([$"e-{Guests.Whole.Id}", $"e-{Guests.Bare.Id}"]);
        table.FindAll("thead th").Count.ShouldBe(table.Find("tbody tr").ChildElementCount);
    }

    [Fact]
    public async Task Who_may_only_look_presses_nothing_and_opens_no_booking_unless_they_may()
    {
        await using var stage = new Stage();

        var table = Table(stage, [Guests.Whole], may: (false, false, false));

        table.FindAll("button, input").ShouldBeEmpty();
        table.FindAll("td.last a").ShouldBeEmpty();
        table.Find("td.last").TextContent.ShouldBe("14 Nov 2026");
    }

    [Fact]
    public async Task Of_many_tags_three_are_shown_and_the_rest_counted_and_named()
    {
        await using var stage = new Stage();
        string[] names = ["A", "B", "C", "D", "E"];

        var tags = Table(
                stage,
                [Guests.Whole with { Tags = names, Labels = [.. names.Select(n => new TagLabel(Guid.CreateVersion7(), n, TagColor.Gray))] }]
            )
            .Find("td.tags");

        tags.QuerySelectorAll(".tag").Select(t => t.TextContent).ShouldBe(["A", "B", "C"]);
        tags.QuerySelector(".mute")!.TextContent.ShouldBe("2 more");
        tags.QuerySelector(".mute")!.GetAttribute("title").ShouldBe("D, E");
    }

    [Fact]
    public async Task What_a_guest_is_called_is_text_and_never_markup()
    {
        await using var stage = new Stage();

        var table = Table(
            stage,
            [
                Guests.Whole with
                {
                    Name = "<img src=x onerror=alert(1)>",
                    Labels = [new(Guid.CreateVersion7(), "<b>VIP</b>", TagColor.Teal)],
                },
            ]
        );

        table.FindAll("img, .tag b").ShouldBeEmpty();
        table.Find(".who b").TextContent.ShouldBe("<img src=x onerror=alert(1)>");
    }

    [Fact]
    public async Task Buttons_and_boxes_tell_the_page_whose_row_it_is()
    {
        await using var stage = new Stage();
        var told = new List<string>();
        var table = stage.Render<ContactTable>(p =>
            p.Add(t => t.Address, new(new()))
                .Add(t => t.Lines, [ContactLine.Of(Guests.Whole), ContactLine.Of(Guests.Bare)])
                .Add(t => t.MayEdit, true)
                .Add(t => t.MayDelete, true)
                .Add(t => t.MaySelect, true)
                .Add(t => t.Selected, new HashSet<Guid> { Guests.Bare.Id })
                .Add(t => t.OnEdit, id => told.Add($"edit {id}"))
                .Add(t => t.OnDelete, line => told.Add($"delete {line.Row.Id}"))
                .Add(t => t.OnSelect, id => told.Add($"select {id}"))
                .Add(t => t.OnSelectShown, all => told.Add($"all {all}"))
        );

        table.FindAll("tbody tr").Select(r => r.ClassName).ShouldBe(["", "on"]);
        table.FindAll("input").Select(b => b.HasAttribute("checked")).ShouldBe([false, false, true]);
        table
            .FindAll("tbody [data-act]")
            .Select(e => (e.Id, e.GetAttribute("data-act")))
            .ShouldBe([
                ($"s-{Guests.Whole.Id}", "select"),
                ($"e-{Guests.Whole.Id}", "edit"),
                ($"d-{Guests.Whole.Id}", "delete"),
                ($"s-{Guests.Bare.Id}", "select"),
                ($"e-{Guests.Bare.Id}", "edit"),
                ($"d-{Guests.Bare.Id}", "delete"),
            ]);
        await Act("edit", Guests.Whole.Id);
        await Act("delete", Guests.Bare.Id);
        await Act("select", Guests.Whole.Id);
        await table.Find("thead input").ChangeAsync(true);

        told.ShouldBe([$"edit {Guests.Whole.Id}", $"delete {Guests.Bare.Id}", $"select {Guests.Whole.Id}", "all True"]);

        Task Act(string act, Guid id) => table.Find("tbody").TriggerEventAsync("onrowact", new RowAction { Act = act, Id = id });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_request_writes_the_rows_that_the_live_page_draws(bool mayDelete)
    {
        ContactRow[] rows = [Guests.Whole, Guests.Bare, Guests.Whole with { Id = Guid.CreateVersion7(), Name = "<b>Ünal & \"Söhne\"</b>" }];
        await using var live = new Stage();
        await using var request = new Stage();
        request.SetRendererInfo(new("Static", isInteractive: false));

        var written = Table(request, rows, may: (true, mayDelete, true));

        written.FindAll("tbody tr td.box input").Count.ShouldBe(mayDelete ? rows.Length : 0);
        written.Markup.MarkupMatches(Table(live, rows, may: (true, mayDelete, true)).Markup);
    }

    [Fact]
    public async Task An_event_nobody_could_have_raised_here_does_nothing()
    {
        await using var stage = new Stage();
        var told = new List<string>();
        var table = stage.Render<ContactTable>(p =>
            p.Add(t => t.Address, new(new()))
                .Add(t => t.Lines, [ContactLine.Of(Guests.Whole)])
                .Add(t => t.OnEdit, id => told.Add($"edit {id}"))
                .Add(t => t.OnDelete, line => told.Add($"delete {line.Row.Id}"))
                .Add(t => t.OnSelect, id => told.Add($"select {id}"))
        );

        foreach (var act in new[] { "edit", "delete", "select", "" })
        {
            await table.Find("tbody").TriggerEventAsync("onrowact", new RowAction { Act = act, Id = Guests.Whole.Id });
            table.Render(p => p.Add(t => t.MayEdit, true).Add(t => t.MayDelete, true).Add(t => t.MaySelect, true));
            await table.Find("tbody").TriggerEventAsync("onrowact", new RowAction { Act = act, Id = Guests.Bare.Id });
            table.Render(p => p.Add(t => t.MayEdit, false).Add(t => t.MayDelete, false).Add(t => t.MaySelect, false));
        }

        told.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_box_above_is_ticked_when_all_shown_are_and_not_over_an_empty_list()
    {
        await using var stage = new Stage();

        Above([Guests.Whole, Guests.Bare], Guests.Whole.Id, Guests.Bare.Id).ShouldBeTrue();
        Above([Guests.Whole, Guests.Bare], Guests.Whole.Id).ShouldBeFalse();
        Above([]).ShouldBeFalse();

        bool Above(ContactRow[] rows, params Guid[] selected) =>
            stage
                .Render<ContactTable>(p =>
                    p.Add(t => t.Address, new(new()))
                        .Add(t => t.Lines, [.. rows.Select(ContactLine.Of)])
                        .Add(t => t.MayDelete, true)
                        .Add(t => t.MaySelect, true)
                        .Add(t => t.Selected, selected.ToHashSet())
                )
                .Find("thead input")
                .HasAttribute("checked");
    }

    private static IRenderedComponent<ContactTable> Table(
        Stage stage,
        ContactRow[] rows,
        ContactsAddress? address = null,
        (bool Edit, bool Delete, bool Bookings)? may = null
    ) =>
        stage.Render<ContactTable>(p =>
            p.Add(t => t.Address, address ?? new(new(Q: "ana")))
                .Add(t => t.Lines, [.. rows.Select(ContactLine.Of)])
                .Add(t => t.MayEdit, may?.Edit ?? true)
                .Add(t => t.MayDelete, may?.Delete ?? true)
                .Add(t => t.MaySelect, may?.Delete ?? true)
                .Add(t => t.MaySeeBookings, may?.Bookings ?? true)
        );

    private static (string Column, string? Direction)[] Sorted(IRenderedComponent<ContactTable> table) =>
        [.. table.FindAll("th[aria-sort]").Select(th => (th.TextContent, th.GetAttribute("aria-sort")))];
}

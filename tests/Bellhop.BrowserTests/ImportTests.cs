using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ImportTests(Browser browser)
{
    public static TheoryData<string> Engines => Browser.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_import_whose_starter_left_waits_for_somebody_to_go_on_with_it(string engine)
    {
        var id = await (await browser.Hotel(engine)).ParkedImport("Name,Phone\r\nWaiting Guest,+351962347752\r\n");
        await browser.Visit(
            engine,
            "owner",
            "/contacts/imports/" + id,
            async page =>
            {
                await Expect(page.Locator("#resume")).ToBeVisibleAsync();
                await page.Accessible("a parked import");
                await page.Picture("import-parked-" + engine);
                await page.Locator("#resume").ClickAsync();
                await Expect(page.Locator(".pill")).ToHaveTextAsync("Imported");
                await Expect(page.Locator("#resume")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public Task A_file_is_rehearsed_run_and_taken_back(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts?panel=import",
            async page =>
            {
                await Upload(
                    page,
                    "guests.csv",
                    "Nom;Téléphone;E-mail;Inconnu\r\nLéa Dubois;+33 6 12 34 56 01;lea@example.org;x\r\n"
                        + "Hugo <b>Petit</b>;+33 6 12 34 56 02;;\r\nPersonne;12;;\r\n"
                );
                await page.At("/contacts/imports/");
                await Expect(page.Locator("table.columns tbody tr")).ToHaveCountAsync(4);
                await Expect(page.Locator("table.columns tbody tr").Nth(1).GetByRole(AriaRole.Combobox)).ToHaveValueAsync("Phone");
                await page.Accessible("columns of a file");
                await page.Picture($"import-columns-{engine}");

                await page.Button("Rehearse").ClickAsync();
                await Expect(page.Locator(".pill")).ToHaveTextAsync("Rehearsed");
                await Expect(page.Locator(".rows-seen tbody tr")).ToHaveCountAsync(3);
                await Expect(page.Locator(".rows-seen")).ToContainTextAsync("Hugo <b>Petit</b>");
                await Expect(page.Locator(".rows-seen")).ToContainTextAsync("Phone read as +33 6 12 34 56 02 · France");
                await page.Accessible("a rehearsal");
                await page.Picture($"import-rehearsed-{engine}");
                await page.Locator(".counts a").Filter(new() { HasText = "Refused" }).ClickAsync();
                await Expect(page.Locator(".rows-seen tbody tr")).ToHaveCountAsync(1);

                await page.Locator("#run").ClickAsync();
                await Expect(page.Locator(".pill")).ToHaveTextAsync("Imported");
                await page.Accessible("an import that has ended");
                await page.Picture($"import-done-{engine}");
                await page.Locator("#see").ClickAsync();
                await Expect(page.Locator(".rows-seen").First).ToContainTextAsync("Léa Dubois");
                await page.GotoAsync("/contacts?q=" + Uri.EscapeDataString("Léa Dubois"));
                await Expect(page.Row("Léa Dubois")).ToHaveCountAsync(1);
                await page.GoBackAsync();

                await page.Live();
                await page.Locator("#undo").ClickAsync();
                await page.Locator("#undo-yes").ClickAsync();
                await Expect(page.Locator(".pill")).ToHaveTextAsync("Taken back");
                await Expect(page.Locator("#see")).ToHaveCountAsync(0);
                await page.GotoAsync("/contacts?q=" + Uri.EscapeDataString("Léa Dubois"));
                await page.Live();
                await Expect(page.Row("Léa Dubois")).ToHaveCountAsync(0);
            }
        );

    [Theory, MemberData(nameof(Engines))]
    public Task A_file_that_cannot_be_used_says_what_it_is(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts?panel=import",
            async page =>
            {
                await Upload(page, "guests.xlsx.csv", "PK\u0003\u0004 not text");
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await page.Accessible("the import panel with a refusal");
                await page.Picture($"import-panel-{engine}");
            }
        );

    [Theory, MemberData(nameof(Engines))]
    public Task The_pages_of_imports_fit_a_phone_in_the_dark(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts?panel=import",
            async page =>
            {
                await page.SetViewportSizeAsync(375, 760);
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                await page.Picture($"import-panel-375-{engine}");
                await Upload(page, "small.csv", "Name,Phone\r\nSmall Screen,+33 6 12 34 56 03\r\n");
                await page.At("/contacts/imports/");
                await Expect(page.Locator("#rehearse")).ToBeVisibleAsync();
                (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
                await page.Picture($"import-375-dark-{engine}");
                await page.GotoAsync("/contacts/imports");
                await page.Live();
                await Expect(page.Row("small.csv")).ToHaveCountAsync(1);
                await page.Accessible("the list of imports");
                await page.Picture($"imports-375-{engine}");
            }
        );

    private static async Task Upload(IPage page, string name, string text)
    {
        // Where there are several properties, none is chosen for anybody.
        var file = page.Locator("#import-file");
        await file.WaitForAsync();
        if (await page.Locator("#upload-property").CountAsync() > 0)
        {
            await page.Locator("#upload-property").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        }

        await file.SetInputFilesAsync(
            new FilePayload
            {
                Name = name,
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(text),
            }
        );
    }
}

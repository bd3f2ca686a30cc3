using Microsoft.Playwright;

namespace Bellhop.BrowserTests;

/// <summary>Whoever uses the keyboard sees where it is. Axe does not look for that.</summary>
public class FocusTests(Browser browser)
{
    // Whether what has the keyboard, or what draws its ring for it, has an outline of two pixels that stands out from what is behind it.
    private const string Ringed = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body || at.tabIndex < 0) return null;
          const name = [at.localName, at.id, at.getAttribute('class')].join(' ');
          const rgb = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const behind = e => {
            for (; e; e = e.parentElement) {
              const c = rgb(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] > .9) return c;
            }
            return [255, 255, 255];
          };
          const shows = e => {
            const style = getComputedStyle(e);
            const svg = e.querySelector?.(':scope > .hit');
            const line = svg && getComputedStyle(svg).stroke !== 'none' ? [getComputedStyle(svg).stroke, getComputedStyle(svg).strokeWidth]
              : style.outlineStyle !== 'none' ? [style.outlineColor, style.outlineWidth] : null;
            if (!line || parseFloat(line[1]) < 2) return false;
            const ground = behind(parseFloat(style.outlineOffset) < 0 ? e : e.parentElement);
            const [a, b] = [light(rgb(line[0])), light(ground)].sort((x, y) => y - x);
            return (a + .05) / (b + .05) >= 3;
          };
          for (let e = at, up = 0; e && up < 4; e = e.parentElement, up++) {
            if ((e === at || e.matches(':has(:focus-visible)')) && shows(e)) return { name, ok: true };
          }
          return { name, ok: false };
        }
        """;

    public static TheoryData<ColorScheme, int> Looks => new() { { ColorScheme.Light, 1280 }, { ColorScheme.Dark, 768 } };

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_control_of_every_page_shows_that_it_has_the_keyboard(ColorScheme colours, int width)
    {
        var hotel = await browser.Hotel("sqlite");
        var booking = await hotel.Booking("Ringed Keyboard", "+351962341201", status: "Completed", daysAhead: -20);
        var unseen = new List<string>();
        await browser.Visit(
            "sqlite",
            "owner",
            "/contacts?q=Ringed%20Keyboard",
            async page =>
            {
                foreach (
                    var path in new[]
                    {
                        "/contacts?q=Ringed%20Keyboard",
                        "/contacts?panel=filters",
                        "/contacts?panel=import",
                        $"/contacts/{booking.ContactId}",
                        "/contacts/segments",
                        "/bookings?q=Ringed%20Keyboard",
                        "/bookings?panel=new",
                        $"/bookings/{booking.Id}",
                        "/reviews",
                        "/reports",
                        "/settings/tags",
                        "/settings/properties",
                    }
                )
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    var seen = new HashSet<string>();
                    for (var i = 0; i < 70; i++)
                    {
                        await page.Keyboard.PressAsync("Tab");
                        if (await page.EvaluateAsync<Ring?>(Ringed) is not { } ring)
                        {
                            continue;
                        }

                        if (!ring.Ok)
                        {
                            unseen.Add($"{path}: {ring.Name}");
                        }

                        seen.Add(ring.Name);
                    }

                    seen.Count.ShouldBeGreaterThan(5, path);
                }
            },
            new()
            {
                ColorScheme = colours,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        unseen.Distinct().ShouldBeEmpty();
    }

    private sealed record Ring
    {
        public string Name { get; init; } = "";
        public bool Ok { get; init; }
    }
}

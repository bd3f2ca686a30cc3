using Microsoft.Playwright;

namespace Bellhop.BrowserTests;

/// <summary>Whoever uses the keyboard sees where it is. Axe does not look for that.</summary>
public class FocusTests(Browser browser)
{
    // From now on notes of each control that gets the keyboard for the first time whether it, or what draws its ring for it, has an
    // outline of two pixels that stands out from what is behind it.
    private const string Watch = """
        () => {
          const known = new WeakSet();
          window.rings = [];
          addEventListener('focusin', e => {
            if (e.target.tabIndex < 0 || known.has(e.target)) return;
            known.add(e.target);
            window.rings.push(ring(e.target));
          });
          function ring(at) {
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
              const drawn = svg && getComputedStyle(svg);
              const line = drawn && drawn.stroke !== 'none' ? [drawn.stroke, drawn.strokeWidth]
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
        }
        """;

    private const string Found = "/contacts?q=Ringed%20Keyboard";

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
            Found,
            async page =>
            {
                // The page of the API has a look of its own.
                foreach (
                    var path in PolicyTests.Addresses(booking).Append(Found).Append("/bookings?q=Ringed%20Keyboard").Where(p => p != "/api")
                )
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    if (path.Contains("panel", StringComparison.Ordinal))
                    {
                        await page.Panel().WaitForAsync();
                    }

                    await page.EvaluateAsync(Watch);
                    var seen = 0;
                    // Until nothing is new: the keyboard has been everywhere, or goes round inside a panel.
                    for (var presses = 0; presses < 100; presses += 10)
                    {
                        for (var i = 0; i < 10; i++)
                        {
                            await page.Keyboard.PressAsync("Tab");
                        }

                        var rings = await page.EvaluateAsync<Ring[]>("() => window.rings.splice(0)");
                        if (rings is [])
                        {
                            break;
                        }

                        seen += rings.Length;
                        unseen.AddRange(rings.Where(r => !r.Ok).Select(r => $"{path}: {r.Name}"));
                    }

                    seen.ShouldBePositive(path);
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

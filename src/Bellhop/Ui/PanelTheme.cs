using MudBlazor;

namespace Bellhop.Ui;

/// <summary>
/// The component library in our tokens. Colours that change with the theme are bound to the tokens themselves in <c>panels.css</c>, so that
/// light and dark need no second answer from the server.
/// </summary>
public static class PanelTheme
{
    private static readonly string[] Fonts =
    [
        "Inter",
        "Segoe UI",
        "system-ui",
        "-apple-system",
        "Noto Sans",
        "Noto Sans Arabic",
        "sans-serif",
    ];

    public static MudTheme Theme { get; } =
        new()
        {
            PaletteLight = new PaletteLight
            {
                Primary = "#c2410c",
                PrimaryContrastText = "#ffffff",
                Background = "#f6f7f9",
                Surface = "#ffffff",
                TextPrimary = "#1b1f27",
                TextSecondary = "#586174",
                LinesDefault = "#e5e8ee",
                LinesInputs = "#8f99ac",
                Divider = "#e5e8ee",
                Error = "#b42318",
                Success = "#12713a",
                Warning = "#a15c00",
                Info = "#1d4ed8",
                ActionDefault = "#586174",
            },
            LayoutProperties = new() { DefaultBorderRadius = "7px" },
            Typography = new()
            {
                Default = new DefaultTypography
                {
                    FontFamily = Fonts,
                    FontSize = "14px",
                    LineHeight = "1.45",
                    LetterSpacing = "0",
                },
                Button = new ButtonTypography
                {
                    FontFamily = Fonts,
                    FontSize = "14px",
                    FontWeight = "500",
                    LetterSpacing = "0",
                    TextTransform = "none",
                },
                H6 = new H6Typography
                {
                    FontFamily = Fonts,
                    FontSize = "16px",
                    FontWeight = "600",
                    LetterSpacing = "-.01em",
                },
                Body1 = new Body1Typography
                {
                    FontFamily = Fonts,
                    FontSize = "14px",
                    LineHeight = "1.45",
                    LetterSpacing = "0",
                },
                Body2 = new Body2Typography
                {
                    FontFamily = Fonts,
                    FontSize = "14px",
                    LineHeight = "1.45",
                    LetterSpacing = "0",
                },
                Caption = new CaptionTypography
                {
                    FontFamily = Fonts,
                    FontSize = "12.5px",
                    LetterSpacing = "0",
                },
                Subtitle1 = new Subtitle1Typography
                {
                    FontFamily = Fonts,
                    FontSize = "14px",
                    LetterSpacing = "0",
                },
            },
        };
}

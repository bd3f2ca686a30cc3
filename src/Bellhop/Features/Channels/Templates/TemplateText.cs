using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads a template's parts (https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components).
/// A blank is <c>{{1}}</c> or <c>{{name}}</c>; those of the heading are called <c>header.1</c>, that of a button's link <c>button.0</c>.
/// </summary>
public static partial class TemplateText
{
    public const string Approved = "APPROVED";

    /// <summary>The names of the blanks, in their order.</summary>
    public static IReadOnlyList<string> BlanksOf(MessageTemplate template) => [.. Blanks(template.Components).Distinct()];

    /// <summary>What the guest reads: heading, text and foot, with the values in the blanks.</summary>
    /// <param name="components">The template's parts, as the provider's JSON.</param>
    /// <param name="values">By the names of the blanks. A blank without a value stays.</param>
    public static string Fill(string components, IReadOnlyDictionary<string, string> values)
    {
        using var parts = JsonDocument.Parse(components);
        var lines = new List<string>();
        foreach (var part in parts.RootElement.EnumerateArray())
        {
            if (part.Word("type") is "HEADER" or "BODY" or "FOOTER" && part.Text("text") is { } text)
            {
                var prefix = part.Word("type") == "HEADER" ? "header." : "";
                lines.Add(Blank().Replace(text, b => values.GetValueOrDefault(prefix + b.Groups[1].Value, b.Value)));
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>The name of one blank, without the prefix of its part.</summary>
    internal static string Bare(string blank) => blank[(blank.LastIndexOf('.') + 1)..];

    private static IEnumerable<string> Blanks(string components)
    {
        using var parts = JsonDocument.Parse(components);
        foreach (var part in parts.RootElement.EnumerateArray())
        {
            var prefix = part.Word("type") == "HEADER" ? "header." : "";
            foreach (var blank in Blank().Matches(part.Text("text") ?? "").Select(m => m.Groups[1].Value))
            {
                yield return prefix + blank;
            }

            var place = 0;
            foreach (var button in part.Few("buttons"))
            {
                if (button.Word("type") == "URL" && Blank().IsMatch(button.Text("url") ?? ""))
                {
                    yield return $"button.{place}";
                }

                place++;
            }
        }
    }

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}", RegexOptions.None, 1000)]
    private static partial Regex Blank();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Imports;

/// <summary>Reads and checks an import's options.</summary>
internal static class ImportRules
{
    private static readonly string[] Modes = ["create", "fill", "overwrite"];

    public static bool YesNo(string field, string? text, ValidationErrors errors)
    {
        if (text is null or "" or "false")
        {
            return false;
        }

        if (text != "true")
        {
            errors.Add(field, "OneOf", "true, false");
        }

        return true;
    }

    public static ImportMode Mode(string? text, ValidationErrors errors)
    {
        if (text is null or "")
        {
            return ImportMode.Fill;
        }

        if (Array.IndexOf(Modes, text) is >= 0 and var at)
        {
            return (ImportMode)at;
        }

        errors.Add("mode", "OneOf", string.Join(", ", Modes));
        return ImportMode.Fill;
    }

    /// <summary>A mode's name in the API.</summary>
    public static string Name(ImportMode mode) => Modes[(int)mode];

    /// <summary>A hash of the file, the options and the starter; null when the hash of the file is not known.</summary>
    public static string? RunKey(
        string contentHash,
        Guid propertyId,
        ImportMode mode,
        string mapping,
        IReadOnlyList<string> tags,
        bool dryRun,
        Actor who
    ) =>
        contentHash.Length == 0
            ? null
            : Convert.ToHexStringLower(
                SHA256.HashData(
                    Encoding.UTF8.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{contentHash}\n{propertyId}\n{mode}\n{mapping}\n{JsonSerializer.Serialize(tags)}\n{dryRun}\n"
                                + $"{who.Kind}\n{who.Id}"
                        )
                    )
                )
            );

    public static Guid? Property(string? text, ValidationErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add("propertyId", "Required");
            return null;
        }

        // A text that is not an id gives 404, like an unknown id.
        return Guid.TryParseExact(text, "D", out var id) ? id : throw Refusal.NotThere("property");
    }

    /// <summary>Reads the tags for every guest of a file: a JSON list of names, or names separated by commas.</summary>
    public static IReadOnlyList<string> Tags(string? text, ValidationErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        IReadOnlyList<string?> given;
        try
        {
            given = text.TrimStart().StartsWith('[') ? JsonSerializer.Deserialize<List<string?>>(text)! : TagCell.Read(text);
        }
        catch (JsonException)
        {
            errors.Add("tags", ErrorText.Of<ImportTexts>("TagsNotRead"));
            return [];
        }

        return Tags(given, errors);
    }

    public static IReadOnlyList<string> Tags(IReadOnlyList<string?> given, ValidationErrors errors)
    {
        var (names, inner) = (new List<string>(), new ValidationErrors());
        foreach (var raw in given)
        {
            if (TagRules.Name(raw, inner) is { } name && !names.Exists(n => Tag.Key(n) == Tag.Key(name)))
            {
                names.Add(name);
            }
        }

        foreach (var (_, error) in inner.All)
        {
            errors.Add("tags", error);
        }

        if (names.Count > TagContact.MostOfOne)
        {
            errors.Add("tags", ErrorText.Of<TagTexts>("TooMany", TagContact.MostOfOne));
        }

        return names;
    }
}

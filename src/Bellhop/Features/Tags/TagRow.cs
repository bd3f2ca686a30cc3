using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>A tag as the API and its page show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As written.</param>
/// <param name="Color">One of the existing colours.</param>
/// <param name="Contacts">How many contacts that the viewer sees have the tag.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record TagRow(Guid Id, string Name, TagColor Color, int Contacts, DateTime CreatedAt, DateTime UpdatedAt)
{
    internal static TagRow Of(Tag tag, int contacts) => new(tag.Id, tag.Name, tag.Color, contacts, tag.CreatedAt, tag.UpdatedAt);
}

/// <summary>A tag as a guest's row shows it.</summary>
public sealed record TagLabel(Guid Id, string Name, TagColor Color);

/// <summary>Rules for the names and colours of tags.</summary>
internal static class TagRules
{
    private static readonly TagColor[] Colors = [.. Enum.GetValues<TagColor>().Where(c => c != TagColor.Gray)];

    /// <summary>The clean name; null, with an error under <paramref name="field"/>, when it is not valid.</summary>
    public static string? Name(string? raw, ValidationErrors errors, string field = "name")
    {
        var name = errors.Text(field, raw, Tag.NameMax, required: true);

        // An encoded slash stays encoded in a path when all else is decoded, so such a name could not be addressed.
        if (name is not null && (name.Contains('/', StringComparison.Ordinal) || name.Contains("%2F", StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(field, ErrorText.Of<TagTexts>("Slash"));
        }

        return name;
    }

    /// <summary>The colour with this name; null, with an error, for any other text.</summary>
    public static TagColor? Color(string? raw, ValidationErrors errors)
    {
        if (raw is not null && Enum.GetNames<TagColor>().Contains(raw, StringComparer.Ordinal))
        {
            return Enum.Parse<TagColor>(raw);
        }

        errors.Add("color", "OneOf", string.Join(", ", Enum.GetNames<TagColor>()));
        return null;
    }

    /// <summary>The colour when nobody chose one. The same name always gets the same colour.</summary>
    public static TagColor ColorOf(string key) => Colors[key.Aggregate(17u, (sum, c) => (sum * 31) + c) % (uint)Colors.Length];

    public static Tag Make(string name, TagColor? color, Actor who, DateTime now) =>
        new()
        {
            OrganizationId = who.OrganizationId,
            Name = name,
            NameKey = Tag.Key(name),
            Color = color ?? ColorOf(Fold.Key(name)),
            CreatedAt = now,
            UpdatedAt = now,
        };
}

using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Duplicates;

/// <summary>A value that one of two guests keeps when they are merged.</summary>
/// <param name="Name">Its name in <see cref="KeepValues"/>.</param>
/// <param name="Of">Its value; null for none.</param>
/// <param name="Show">The value as people read it.</param>
internal sealed record MergeField(string Name, Func<PreviewMerge.Side, string?> Of, Func<PreviewMerge.Side, string> Show)
{
    /// <summary>Its characters run from left to right in every language.</summary>
    public bool LeftToRight { get; private init; }

    /// <summary>It is shown though neither has one.</summary>
    public bool Always { get; private init; }

    public static IReadOnlyList<MergeField> All { get; } =
    [
        new("name", s => s.Name, s => s.Name!) { Always = true },
        new("phone", s => s.Phone, s => Phone.Display(s.Phone!)) { Always = true, LeftToRight = true },
        new("email", s => s.Email, s => s.Email!) { Always = true, LeftToRight = true },
        new("propertyId", s => s.Property.Id.ToString(), s => s.Property.Name),
        new("country", s => s.Country, s => $"{CountryNames.Flag(s.Country!)} {CountryNames.Show(s.Country!, Languages.Tag)}"),
        new("language", s => s.Language, s => LanguageNames.Show(s.Language!)),
        new("birthday", s => s.Birthday, s => Day(s.Birthday!)),
    ];

    /// <summary>The choices as the use case takes them.</summary>
    /// <param name="isOthers">Whether the other guest's value is kept, by the field's name.</param>
    public static KeepValues Keep(Func<string, bool> isOthers)
    {
        return new(Side("name"), Side("phone"), Side("email"), Side("propertyId"), Side("country"), Side("language"), Side("birthday"));

        string Side(string field) => isOthers(field) ? KeepValues.Other : KeepValues.This;
    }

    private static string Day(string iso) => Clock.ReadDay(iso) is { } day ? Ui.Show.Day(day) : iso;
}

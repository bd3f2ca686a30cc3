using System.Text.Json.Serialization;
using Bellhop.Platform;

namespace Bellhop.Features.Notes;

/// <summary>A note as the API and the profile show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">As typed.</param>
/// <param name="Kind"><c>preference</c>, <c>incident</c>, <c>allergy</c> or <c>other</c>.</param>
/// <param name="Pinned">Whether the note is above the others.</param>
/// <param name="Due">The day by which somebody must do something, or null.</param>
/// <param name="Done">Whether what was due is done.</param>
/// <param name="Mentions">The members of the team whom the text names with <c>@</c>.</param>
/// <param name="Author">Who wrote it first.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record NoteRow(
    Guid Id,
    string Text,
    string Kind,
    bool Pinned,
    DateOnly? Due,
    bool Done,
    IReadOnlyList<NoteAuthor> Mentions,
    NoteAuthor Author,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>Warnings about data that should not be in a note; left out when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The guest, in lists over several guests; left out in the guest's own notes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NoteGuest? Contact { get; init; }

    internal static NoteRow Of(Note note, IReadOnlyList<NoteAuthor>? mentions = null) =>
        new(
            note.Id,
            note.Text,
            NoteRules.Name(note.Kind),
            note.Pinned,
            note.Due,
            note.Done,
            mentions ?? [],
            new(note.AuthorId, note.AuthorName),
            note.CreatedAt,
            note.UpdatedAt
        )
        {
            Warnings = NoteWarnings.Of(note.Text) is { Count: > 0 } warnings
                ?
                [
                    .. warnings.Select(w =>
                        w == NoteWarning.Card
                            ? "text: this looks like a payment card's number. Keep those out of notes."
                            : "text: this looks like a passport's number. Keep those out of notes."
                    ),
                ]
                : null,
        };
}

/// <param name="Id">The id of the user or key.</param>
/// <param name="Name">The author's name at that time.</param>
public sealed record NoteAuthor(Guid Id, string Name);

/// <param name="Id">The contact's id.</param>
/// <param name="Name">As written, or null.</param>
public sealed record NoteGuest(Guid Id, string? Name);

internal static class NoteRules
{
    /// <summary>The kinds as the API writes them.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [.. new[] { NoteKind.Preference, NoteKind.Incident, NoteKind.Allergy, NoteKind.Other }.Select(Name)];

#pragma warning disable CA1308 // the API's names are lower-case
    public static string Name(NoteKind kind) => kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    public static string? Text(string? raw, ValidationErrors errors) =>
        errors.Text("text", raw, Note.TextMax, required: true, multiline: true);

    /// <summary>The kind with this name; null, with an error, for any other text.</summary>
    public static NoteKind? Kind(string? raw, ValidationErrors errors)
    {
        if (raw is not null && Kinds.Contains(raw, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<NoteKind>(raw, ignoreCase: true);
        }

        errors.Add("kind", "OneOf", string.Join(", ", Kinds));
        return null;
    }
}

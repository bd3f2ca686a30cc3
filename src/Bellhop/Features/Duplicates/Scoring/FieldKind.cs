namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>How a field of two guests is compared.</summary>
public enum FieldKind
{
    /// <summary>A name in any script, its words in any order. Each word is evidence of its own.</summary>
    Name,

    /// <summary>
    /// Another text in any script: a town, an address. Its words belong together, so it is one piece of evidence, however many they are.
    /// </summary>
    Words,

    /// <summary>Digits that belong to one guest: a phone, the number of a document.</summary>
    Number,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A day, as eight digits: year, month, day.</summary>
    Date,

    /// <summary>One value of a short list: a country.</summary>
    Code,
}

internal static class FieldKinds
{
    /// <summary>Whether a value of this kind belongs to one guest, or one household: a phone or an e-mail address.</summary>
    public static bool IsIdentity(this FieldKind kind) => kind is FieldKind.Number or FieldKind.Email;
}

/// <summary>How far two values agree. Every kind of field uses some of these levels.</summary>
public enum Level
{
    Same,

    /// <summary>A slip of the finger apart.</summary>
    Slip,

    /// <summary>More different than by a slip, but alike.</summary>
    Alike,

    /// <summary>One part agrees: the initial of a word, the part of an address before the @.</summary>
    Part,
    Different,
}

using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>What staff looked for and did not find, as a new guest: a phone, an e-mail or a name.</summary>
public sealed record TypedGuest(string? Name = null, string? Phone = null, string? Email = null)
{
    private const int FewestDigits = 5;

    /// <summary>Reads a search text. Nothing but digits and signs is a phone, and a text with an @ is an e-mail.</summary>
    public static TypedGuest Of(string? text)
    {
        var typed = text?.Trim();
        return string.IsNullOrEmpty(typed) ? new()
            : typed.Contains('@', StringComparison.Ordinal) ? new(Email: typed)
            : typed.Count(char.IsDigit) >= FewestDigits && !typed.Any(char.IsLetter) ? new(Phone: typed)
            : new(Name: typed);
    }
}

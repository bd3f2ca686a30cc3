using System.Collections.Frozen;
using System.Text;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Features.Team;

/// <summary>
/// What a password must be and how it is checked: long enough and not easy to guess, nothing else. A list of kinds of character makes worse
/// passwords (NIST SP 800-63B 5.1.1.2, https://pages.nist.gov/800-63-3/sp800-63b.html).
/// </summary>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    public const int Shortest = 12;
    public const int Longest = 256;

    // Words that stand alone in common passwords, with digits or signs behind; folded and without leet spelling.
    private static readonly FrozenSet<string> Words = (
        "password passwort wachtwoord contrasena motdepasse senha parola haslo heslo losenord qwerty qwertz azerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl zxcvbnm qazwsxedc "
        + "welcome willkommen bienvenue bienvenido benvenuto letmein iloveyou administrator administrador changeme changeit secret superman batman starwars football baseball basketball "
        + "princess sunshine dragon monkey master trustno computer internet whatever hostel hotel bellhop reception frontdesk receptionist holiday summer winter spring autumn "
        + "january february march april june july august september october november december liverpool barcelona realmadrid manchester chelsea arsenal juventus default guest guestguest testtest "
        + "abcdefghijkl abcdefghijklm abcdefghijklmnop passwordpassword thisisapassword mypassword yourpassword newpassword"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly string _nobodys = hasher.HashPassword(new(), "the password of nobody at all");

    /// <summary>Adds what is wrong with a password somebody chose.</summary>
    /// <param name="errors">Collects it.</param>
    /// <param name="field">The password's.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="email">The account's address.</param>
    /// <param name="houses">Names of the organisation and its properties: whoever guesses begins with them.</param>
    public static void Check(ValidationErrors errors, string field, string password, string email, params IEnumerable<string?> houses)
    {
        if (!TryNormalize(password, out var normal))
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("PasswordMalformed"));
        }
        else if (normal.EnumerateRunes().Count() < Shortest)
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("PasswordShort", Shortest));
        }
        else if (normal.Length > Longest)
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("PasswordLong", Longest));
        }
        else if (IsCommon(normal, email, houses))
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("PasswordCommon"));
        }
    }

    /// <summary>The salted hash to store; slow on purpose, so never inside a save.</summary>
    public string Hash(User user, string password) => hasher.HashPassword(user, TryNormalize(password, out var normal) ? normal : password);

    /// <summary>Whether the password is the account's. Takes as long where there is no account.</summary>
    public bool Fits(User? user, string password)
    {
        var given = password.Length <= Longest && TryNormalize(password, out var normal) ? normal : "";
        var result = hasher.VerifyHashedPassword(user ?? new(), user?.PasswordHash ?? _nobodys, given);
        return user?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
    }

    internal static bool IsCommon(string password, string email, params IEnumerable<string?> houses)
    {
        var lower = password.ToLowerInvariant();
        var core = Letters(lower);
        string[] own =
        [
            .. email.ToLowerInvariant().Split('@', '.', '+', '-', '_').Where(p => p.Length > 3),
            email.ToLowerInvariant(),
            .. houses.OfType<string>().SelectMany(Names),
        ];
        return lower.Distinct().Count() < 4
            || Words.Contains(core)
            || own.Contains(core, StringComparer.Ordinal)
            || own.Contains(lower, StringComparer.Ordinal)
            || IsPattern(core, own)
            || IsRun(lower)
            || IsRepeated(lower, Words.Union(own));
    }

    // A house as it is typed: in one word, and each of its words that says something.
    private static IEnumerable<string> Names(string house)
    {
        var words = string.Concat(house.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Where(w => w.Length > 3).Append(string.Concat(words)).Where(w => w.Length > 2);
    }

    // letmein2024, harbourhostel2026, welcomeharbour: nothing but such words and figures.
    private static bool IsPattern(string core, IReadOnlyCollection<string> own)
    {
        var letters = string.Concat(core.Where(char.IsLetter));
        return letters.StartsWith("letmein", StringComparison.Ordinal) || (letters.Length > 0 && IsMadeOf(letters, 3));

        bool IsMadeOf(string rest, int most) =>
            rest.Length == 0
            || (
                most > 0
                && Words
                    .Concat(own)
                    .Any(w => w.Length > 2 && rest.StartsWith(w, StringComparison.Ordinal) && IsMadeOf(rest[w.Length..], most - 1))
            );
    }

    // P@ssw0rd2024! is password: what hangs on at the ends goes, then leet spelling.
    private static string Letters(string lower)
    {
        var trimmed = lower.Trim("0123456789!\"#%&'()*+,-./:;<=>?[\\]^_`{|}~ ".ToCharArray());
        return string.Concat(
            trimmed.Select(c =>
                c switch
                {
                    '0' => 'o',
                    '1' or '!' => 'i',
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    _ => c,
                }
            )
        );
    }

    // 123456789012, abcdefghijkl, 987654321098: each the next, or the one before.
    private static bool IsRun(string text)
    {
        var steps = text.Zip(text.Skip(1), (a, b) => char.IsAsciiDigit(a) && char.IsAsciiDigit(b) ? ((b - a) + 10) % 10 : b - a).ToList();
        return steps.TrueForAll(s => s is 0 or 1) || steps.TrueForAll(s => s is 0 or -1 or 9);
    }

    // abcabcabcabc, passwordpassword: a short piece, or a common word, again and again.
    private static bool IsRepeated(string text, IEnumerable<string> words)
    {
        var known = words.ToHashSet(StringComparer.Ordinal);
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (
                text.Length % length == 0
                && Enumerable.Range(0, text.Length).All(i => text[i] == text[i % length])
                && (length <= 4 || known.Contains(Letters(text[..length])) || IsRun(text[..length]))
            )
            {
                return true;
            }
        }

        return false;
    }

    // One keyboard sends an accent as one character, another as two.
    private static bool TryNormalize(string password, out string normal)
    {
        try
        {
            normal = password.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            normal = "";
            return false;
        }
    }
}

using System.Collections.Frozen;
using System.Text;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Features.Team;

/// <summary>
/// The rules for passwords and how they are checked. A password must be long enough and not easy to guess, nothing else. Rules for kinds of
/// characters lead to worse passwords (NIST SP 800-63B 5.1.1.2, https://pages.nist.gov/800-63-3/sp800-63b.html).
/// </summary>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    public const int Shortest = 12;
    public const int Longest = 256;

    // Words that make common passwords, alone or followed by digits or signs. They are folded and without leet spelling.
    private static readonly FrozenSet<string> Words = (
        "password passwort wachtwoord contrasena motdepasse senha parola haslo heslo losenord qwerty qwertz azerty "
        + "qwertyuiop qwertyuiopasdfghjkl asdfghjkl zxcvbnm qazwsxedc welcome willkommen bienvenue bienvenido benvenuto "
        + "letmein iloveyou administrator administrador changeme changeit secret superman batman starwars football baseball "
        + "basketball princess sunshine dragon monkey master trustno computer internet whatever hostel hotel bellhop reception "
        + "frontdesk receptionist holiday summer winter spring autumn january february march april june july august september "
        + "october november december liverpool barcelona realmadrid manchester chelsea arsenal juventus default guest "
        + "guestguest testtest abcdefghijkl abcdefghijklm abcdefghijklmnop passwordpassword thisisapassword mypassword "
        + "yourpassword newpassword"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly string _nobodys = hasher.HashPassword(new(), "the password of nobody at all");

    /// <summary>Checks a password that somebody chose and adds errors.</summary>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="field">The password's field.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="email">The account's address.</param>
    /// <param name="houses">Names of the organisation and its properties, because attackers try them first.</param>
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

    /// <summary>The salted hash to store. It is slow on purpose, so never call it inside a save.</summary>
    public string Hash(User user, string password) => hasher.HashPassword(user, TryNormalize(password, out var normal) ? normal : password);

    /// <summary>Whether the password is right. It takes the same time when there is no account.</summary>
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
            || IsPattern(lower, own)
            || IsRun(lower)
            || IsRepeated(lower, Words.Union(own));
    }

    // The forms in which people type a name: as one word, and each of its longer words.
    private static IEnumerable<string> Names(string house)
    {
        var words = string.Concat(house.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Where(w => w.Length > 3).Append(string.Concat(words)).Where(w => w.Length > 2);
    }

    // letmein2024, harbourhostel2026, harbour2026harbour: only such words and digits.
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

    // P@ssw0rd2024! becomes password: first digits and signs at both ends are removed, then leet spelling is undone.
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

    // 123456789012, abcdefghijkl, 987654321098: steps only up, or only down, of at most one. Digits go round: 0 follows 9.
    private static bool IsRun(string text)
    {
        var steps = text.Zip(text.Skip(1), (a, b) => char.IsAsciiDigit(a) && char.IsAsciiDigit(b) ? ((b - a) + 10) % 10 : b - a).ToList();
        return steps.TrueForAll(s => s is 0 or 1) || steps.TrueForAll(s => s is 0 or -1 or 9);
    }

    // abcabcabcabc, passwordpassword: a short piece or a common word, repeated.
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

    // Some keyboards send an accented letter as one character, others as two.
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

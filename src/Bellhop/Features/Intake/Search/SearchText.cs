using System.Text;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Builds the text that the search looks in: the folded name and its other spellings, then e-mails and phones, one a line. After
/// <see cref="Apart"/> stands the name written as one word.
/// </summary>
internal static class SearchText
{
    /// <summary>
    /// After this character stands the name without spaces. Short words are not looked for there: "nas" would find every Ana S… No folded
    /// text holds this character.
    /// </summary>
    public const char Apart = '\t';

    /// <summary>Characters that join the parts of one word. A word with them and without them is the same word.</summary>
    public static readonly char[] Joiners = ['-', '\'', '.'];

    // As passports print them: https://www.icao.int/publications/Documents/9303_p3_cons_en.pdf, section 6.
    private static readonly (string Two, string One)[] Digraphs = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];

    /// <param name="contact">The contact whose shown values are in the text.</param>
    /// <param name="identities">The identities that lead to the contact; those shown may be among them.</param>
    public static string Of(Contact contact, IEnumerable<Identity> identities)
    {
        var text = new StringBuilder();
        AppendName(text, contact.Name, contact.NameKey);
        AppendLine(text, contact.Email is null ? null : Fold.Key(contact.Email));
        AppendLine(text, contact.Phone);
        foreach (var identity in identities.OrderBy(i => i.Kind).ThenBy(i => i.Value, StringComparer.Ordinal))
        {
            // A channel's id is a number that nobody types; its user name is what a guest goes by there.
            var isTyped = identity.Kind is IdentityKind.Phone or IdentityKind.Email;
            AppendLine(
                text,
                isTyped ? Fold.Key(identity.Value)
                    : identity.Label is { } label ? Fold.Key(label)
                    : null
            );
            AppendLine(text, identity.Kind == IdentityKind.Phone ? VariantOf(identity.Value) : null);
        }

        AppendApart(text, contact.NameKey);
        return text.ToString();
    }

    /// <summary>The text of a guest as a booking names them; null when it does not name the guest at all.</summary>
    /// <param name="phone">E.164, or the text as it was received.</param>
    public static string? OfBooked(string? name, string? phone, string? email)
    {
        if (name is null && phone is null && email is null)
        {
            return null;
        }

        var text = new StringBuilder();
        var key = name is null ? null : Contact.KeyOf(name);
        AppendName(text, name, key);
        AppendLine(text, email is null ? null : Fold.Key(email));
        foreach (var part in phone?.Split(['\n', '\t', ',', ';', '/'], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            // Whoever types the phone into the search puts other signs between its digits.
            var number = string.Concat(part.Split(" ext.")[0].Where(c => c == '+' || char.IsAsciiDigit(c)));
            AppendLine(text, Fold.Key(part));
            AppendLine(text, number);
            AppendLine(text, number.Length > 0 ? VariantOf(number) : null);
        }

        AppendApart(text, key);
        return text.ToString();
    }

    /// <summary>Whether a text has every line of another, so that each search that finds the other finds it too.</summary>
    public static bool Covers(string text, string other)
    {
        var (words, joined) = Halves(text);
        var (otherWords, otherJoined) = Halves(other);
        return Array.TrueForAll(otherWords.Split('\n'), line => words.Contains(line, StringComparison.Ordinal))
            && joined.Contains(otherJoined.TrimEnd('\n'), StringComparison.Ordinal);
    }

    /// <summary>
    /// The folded words of a short text in all their spellings, with a space before and after each. So a word or its beginning can be
    /// looked for.
    /// </summary>
    public static string WordsOf(string text)
    {
        var key = Fold.Key(text);
        var words = Spellings(text, key).Select(w => w.Trim(SearchTerms.Around)).Where(w => w.Length > 0);
        return $" {string.Join(' ', words.Distinct(StringComparer.Ordinal))} ";
    }

    /// <summary>Rebuilds a contact's text from the stored identities and those that the save is about to store.</summary>
    public static async Task Write(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var tracked = db.ChangeTracker.Entries<Identity>().Where(e => e.Entity.OrganizationId == contact.OrganizationId).ToList();
        var identities = tracked
            .Where(e => e.State != EntityState.Deleted && e.Entity.ContactId == contact.Id)
            .Select(e => e.Entity)
            .ToList();
        if (!db.IsMaking(contact.Id))
        {
            var known = tracked.Select(e => e.Entity.Id).ToHashSet();
            identities.AddRange(
                (
                    await db
                        .Identities.AsNoTracking()
                        .Where(i => i.OrganizationId == contact.OrganizationId && i.ContactId == contact.Id)
                        .ToListAsync(cancel)
                ).Where(i => !known.Contains(i.Id))
            );
        }

        db.Entry(contact).Property(nameof(Contact.Search)).CurrentValue = Of(contact, identities);
    }

    /// <summary>Writes a letter that is printed as two as one: "mueller" becomes "muller", as "müller" folds.</summary>
    public static string Collapse(string key)
    {
        foreach (var (two, one) in Digraphs)
        {
            key = key.Replace(two, one, StringComparison.Ordinal);
        }

        return key;
    }

    /// <summary>The folded text with ä, ö, ø, ü and å as two letters: "müller" becomes "mueller".</summary>
    public static string Expand(string text)
    {
        var expanded = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            var mark = i + 1 < text.Length ? text[i + 1] : '\0';
            var second = (text[i], mark) switch
            {
                ('ä' or 'Ä' or 'ö' or 'Ö' or 'ø' or 'Ø' or 'ü' or 'Ü', _) => 'e',
                ('a' or 'A' or 'o' or 'O' or 'u' or 'U', '\u0308') => 'e',
                ('å' or 'Å', _) => 'a',
                ('a' or 'A', '\u030A') => 'a',
                _ => '\0',
            };
            expanded.Append(text[i]);
            if (second != '\0')
            {
                expanded.Append(second);
                i += mark is '\u0308' or '\u030A' ? 1 : 0;
            }
        }

        return Fold.Key(expanded.ToString());
    }

    /// <summary>The text without spaces and <see cref="Joiners"/>.</summary>
    public static string Joined(string key) => string.Concat(key.Split([' ', .. Joiners], StringSplitOptions.RemoveEmptyEntries));

    private static void AppendName(StringBuilder text, string? name, string? key)
    {
        if (name is not null && key is not null)
        {
            // The space in front marks the beginning of a word, for one-letter words.
            text.Append(' ').Append(key).Append('\n');
            AppendSpellings(text, name, key);
        }
    }

    /// <summary>The parts before and after <see cref="Apart"/>; a text that was never written has no second part.</summary>
    private static (string Words, string Joined) Halves(string text) =>
        text.IndexOf(Apart, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");

    private static void AppendApart(StringBuilder text, string? key)
    {
        text.Append(Apart);
        if (key?.Contains(' ', StringComparison.Ordinal) == true)
        {
            text.Append(Joined(key));
        }

        text.Append('\n');
    }

    // National variants of one mobile number differ in the middle, so the match key is added too.
    private static string VariantOf(string phone) => '+' + Phone.KeyOfDigits(phone.Split(' ')[0]);

    /// <summary>The words of a text, as they stand and as they may be typed too.</summary>
    private static IEnumerable<string> Spellings(string text, string key)
    {
        var words = key.Split(' ').Concat(Expand(text).Split(' ')).Distinct(StringComparer.Ordinal).ToList();
        return words.Concat(words.SelectMany(Parts)).SelectMany(w => new[] { w, Collapse(w) });
    }

    private static void AppendSpellings(StringBuilder text, string name, string key)
    {
        var found = ' ' + key;
        var added = false;
        foreach (var word in Spellings(name, key))
        {
            if (word.Length > 0 && !found.Contains(' ' + word, StringComparison.Ordinal))
            {
                found += ' ' + word;
                text.Append(' ').Append(word);
                added = true;
            }
        }

        if (added)
        {
            text.Append('\n');
        }
    }

    /// <summary>A word of several parts, first as one word and then each part: "o'brien" gives "obrien", "o" and "brien".</summary>
    private static IEnumerable<string> Parts(string word) =>
        word.Split(Joiners, StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts ? parts.Prepend(string.Concat(parts)) : [];

    /// <summary>Adds a line, unless the text contains it already.</summary>
    private static void AppendLine(StringBuilder text, string? line)
    {
        if (line is { Length: > 0 } && !text.ToString().Contains(line, StringComparison.Ordinal))
        {
            text.Append(line).Append('\n');
        }
    }
}

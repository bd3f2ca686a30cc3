using System.Globalization;
using System.Text;

namespace Bellhop.Platform;

/// <summary>
/// An e-mail address as a guest, a spreadsheet or a booking site gives it. <see cref="Address"/> is what is stored and matched; only a
/// <see cref="Usable"/> one leads to a contact and counts as the guest's own.
/// </summary>
public sealed record Email
{
    private const int MaxBytes = 254; // RFC 5321 4.5.3.1.3, less the angle brackets
    private const int MaxLocalBytes = 64;
    private const int MaxLabelBytes = 63;

    // Hosts where booking sites create an address for one reservation, with their sub-domains.
    private static readonly HashSet<string> Relays = new(StringComparer.Ordinal)
    {
        "agoda-messaging.com",
        "expediapartnercentral.com",
        "hostelworld.com",
    };

    // Booking sites whose own staff write from the bare host. Whatever is below it (guest., reply., messages. and so on) passes mail on.
    private static readonly HashSet<string> Sites = new(
        [
            .. (
                "abritel.fr agoda.com airbnb.com booking.com bookabach.co.nz ctrip.com decolar.com despegar.com edreams.com expedia.com "
                + "fewo-direkt.de goibibo.com homeaway.com hotels.com hrs.com klook.com lastminute.com makemytrip.com orbitz.com "
                + "priceline.com stayz.com.au tiket.com travelocity.com traveloka.com trip.com tripadvisor.com vrbo.com wotif.com"
            ).Split(' '),
        ],
        StringComparer.Ordinal
    );

    // Words that people type if a form requires an address, as Bare returns them. No word is anybody's name (Nil, Non, Null).
    private static readonly HashSet<string> DummyLocals = new(
        [
            .. (
                "none nothing nobody noone unknown anonymous test testing example sample dummy fake placeholder asdf invalid undefined "
                + "noemail nomail noemailaddress noaddress noemailprovided noemailavailable nonegiven notprovided notgiven notavailable "
                + "notapplicable emailnotprovided donthave withoutemail noreply donotreply "
                + "sinemail sincorreo sinmail notiene notengo notengoemail notengocorreo nohay nodispone nodisponible noaplica desconocido "
                + "ninguno pasdemail pasdadresse pasdemailadresse sansemail sansmail aucun inconnu keine keinemail keineemail "
                + "keinemailadresse keineemailadresse keineadresse ohneemail ohnemail unbekannt nessuna nessuno senzaemail senzamail "
                + "sconosciuto nonho sememail semmail naotem naotenho naodisponivel desconhecido geenemail geenmail onbekend brak brakemail"
            ).Split(' '),
        ],
        StringComparer.Ordinal
    );

    // These can be people's names or initials, so they are dummies only if the address has nothing else around them.
    private static readonly HashSet<string> ShortDummies = new(
        [
            .. (
                "no na nao não nema neni není yok нет email mail guest user name walkin temp default blank abc abcd xyz asd qwe qwerty "
                + "123 1234 12345 123456"
            ).Split(' '),
        ],
        StringComparer.Ordinal
    );

    // test.com, noemail.es and so on, but not example.com and similar hosts, which demonstrations and guides use.
    private static readonly HashSet<string> DummyHosts = new(StringComparer.Ordinal)
    {
        "test",
        "testing",
        "none",
        "null",
        "noemail",
        "nomail",
        "noreply",
        "invalid",
        "fake",
        "dummy",
        "unknown",
        "asdf",
    };

    private Email(string address)
    {
        Address = address;
    }

    private Email(string local, string host)
    {
        Address = local + "@" + host;
        Valid = true;
        IsRelay = IsRelayHost(host);
        IsDummy = IsMadeUp(local, host);
    }

    /// <summary>
    /// Trimmed, in NFC and lower case, the part before the @ too: no provider that guests use tells case apart there. Where it is not
    /// <see cref="Valid"/>, what came in, trimmed; empty for nothing.
    /// </summary>
    public string Address { get; }

    /// <summary>One @, a sane part on both sides, at most 254 bytes; any script. Nobody was asked whether the mailbox exists.</summary>
    public bool Valid { get; }

    /// <summary>A booking site created it for one reservation. It stops working some weeks after it.</summary>
    public bool IsRelay { get; }

    /// <summary>Typed to get past a form: <c>none@…</c>, <c>test@…</c>, <c>x@x.x</c>.</summary>
    public bool IsDummy { get; }

    /// <summary>May be matched, shown as the guest's own, and written to.</summary>
    public bool Usable => Valid && !IsRelay && !IsDummy;

    /// <summary>
    /// Never throws, never null. <c>mailto:</c>, invisible characters and a display name (<c>Ana &lt;ana@b.example&gt;</c>) are taken off,
    /// for address books export them; two addresses in one field, quoted local parts and address literals are not valid.
    /// </summary>
    public static Email Parse(string? raw)
    {
        var text = raw?.Trim() ?? "";
        if (text.Length > MaxBytes * 2 || Strip(text) is not { } inner)
        {
            return new Email(text);
        }

        var address = inner.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && Encoding.UTF8.GetByteCount(address) <= MaxBytes && IsLocal(address[..at]) && IsHost(address[(at + 1)..])
            ? new Email(address[..at], address[(at + 1)..])
            : new Email(text);
    }

    /// <summary>Null if the text is not valid Unicode, which has no normal form.</summary>
    private static string? Strip(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                return null;
            }

            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                kept.Append(Narrow(rune).ToString());
            }

            i += rune.Utf16SequenceLength - 1;
        }

        var address = kept.ToString().Trim();
        if (address.Length > 2 && (address[0], address[^1]) is ('"', '"') or ('\'', '\'') or ('“', '”') or ('‘', '’'))
        {
            address = address[1..^1].Trim(); // a spreadsheet's
        }

        if (address.EndsWith('>') && address.LastIndexOf('<') is >= 0 and var open)
        {
            address = address[(open + 1)..^1].Trim();
        }

        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            address = address["mailto:".Length..].Split('?')[0].Trim();
        }

        return address.TrimEnd(',', ';'); // of a list
    }

    // East Asian keyboards write wide letters, and an ideographic full stop for the dot.
    private static Rune Narrow(Rune rune) =>
        rune.Value switch
        {
            >= 0xFF01 and <= 0xFF5E => new(rune.Value - 0xFEE0),
            0x3002 or 0xFF61 => new('.'),
            _ => rune,
        };

    // A dot at the end is against the letter of the RFC, and in addresses that Japanese carriers gave out and people still use.
    private static bool IsLocal(string local) =>
        Encoding.UTF8.GetByteCount(local) <= MaxLocalBytes
        && !local.StartsWith('.')
        && !local.Contains("..", StringComparison.Ordinal)
        && local
            .EnumerateRunes()
            .All(r => IsWordly(r) || (r.IsAscii && ".!#$%&'*+-/=?^_`{|}~".Contains((char)r.Value, StringComparison.Ordinal)));

    private static bool IsHost(string host)
    {
        var labels = host.Split('.');
        return labels.Length > 1
            && labels.All(label =>
                label.Length > 0
                && Encoding.UTF8.GetByteCount(label) <= MaxLabelBytes
                && !label.StartsWith('-')
                && !label.EndsWith('-')
                && label.EnumerateRunes().All(r => r.Value == '-' || IsWordly(r))
            )
            && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsWordly(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsRelayHost(string host)
    {
        for (var from = 0; from >= 0; from = host.IndexOf('.', from) is >= 0 and var dot ? dot + 1 : -1)
        {
            if (Relays.Contains(host[from..]) || (from > 0 && Sites.Contains(host[from..])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMadeUp(string local, string host)
    {
        var labels = host.Split('.');
        var bare = Bare(local);
        return DummyLocals.Contains(bare)
            || (ShortDummies.Contains(bare) && ((labels.Length == 2 && bare == labels[0]) || local.Contains('/', StringComparison.Ordinal)))
            || (labels.Length == 2 && DummyHosts.Contains(labels[0]))
            || labels[^1] == "invalid"
            || (local.Length == 1 && labels.All(l => l.Length == 1)) // a@b.c
            || (local.Length > 1 && IsOnly(local, 'x'))
            || (IsOnly(local, local[0]) && labels.Length == 2 && IsOnly(labels[0], local[0]));
    }

    // no-email, No.Email, test123: but a short word with a number may be a person, na1987.
    private static string Bare(string local)
    {
        var letters = string.Concat(local.Where(c => c is not ('.' or '-' or '_' or '/')));
        var word = letters.TrimEnd("0123456789".ToCharArray());
        return word.Length > 3 ? word : letters;
    }

    private static bool IsOnly(string text, char c) => text.All(other => other == c);
}

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Weighs the encodings of East Asia, in which most characters have two bytes, by where frequent characters stand in them.
/// </summary>
internal static class WideCodes
{
    // EUC-KR comes first: Hangul stands where Chinese and Japanese have only some of their frequent characters.
    public static IReadOnlyList<string> All { get; } = ["euc-kr", "gb18030", "big5", "shift_jis", "euc-jp"];

    /// <summary>
    /// The weight of what speaks against the encoding: rare characters, and those within Latin words; null when it is another.
    /// </summary>
    public static int? Cost(string name, ReadOnlySpan<byte> bytes)
    {
        var (cost, pairs) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            if (name == "shift_jis" && bytes[i] is >= 0xA1 and <= 0xDF)
            {
                cost++; // katakana of half width, in one byte
                continue;
            }

            if (i + 1 == bytes.Length || Rarity(name, bytes[i], bytes[i + 1]) is not { } rarity)
            {
                return null;
            }

            var inWord = i > 0 && char.IsAsciiLetter((char)bytes[i - 1]) && bytes[i - 1] < 0x80 && !IsTrail(bytes, i - 1);
            cost += rarity + (inWord || (i + 2 < bytes.Length && char.IsAsciiLetter((char)bytes[i + 2])) ? OddLetters.Weight : 0);
            pairs++;
            i++;
        }

        return pairs > 0 ? cost : null;
    }

    // A second byte may be an ASCII letter.
    private static bool IsTrail(ReadOnlySpan<byte> bytes, int at) => at > 0 && bytes[at - 1] >= 0x80;

    private static int? Rarity(string name, byte lead, byte trail) =>
        name switch
        {
            "shift_jis" => !(trail is >= 0x40 and <= 0xFC and not 0x7F) ? null
            : lead is (>= 0x81 and <= 0x83) or (>= 0x88 and <= 0x97) ? 0
            : lead is (>= 0x84 and <= 0x9F) or (>= 0xE0 and <= 0xEA) ? 1
            : null,
            "big5" => !(trail is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE)) ? null
            : lead is >= 0xA1 and <= 0xC6 ? 0
            : lead is >= 0xC9 and <= 0xF9 ? 1
            : null,
            "gb18030" => trail is >= 0xA1 and <= 0xFE && lead is >= 0xA1 and <= 0xF7
                ? lead is 0xA4 or 0xA5 or >= 0xD8
                    ? 1
                    : 0
                : trail is >= 0x40 and <= 0xFE and not 0x7F && lead is >= 0x81 and <= 0xFE
                    ? 2
                    : null,
            _ when trail is < 0xA1 or > 0xFE => null,
            "euc-kr" => lead is >= 0xA1 and <= 0xC8 ? 0
            : lead is >= 0xCA and <= 0xFD ? 1
            : null,
            _ => lead is (>= 0xA1 and <= 0xA5) or (>= 0xB0 and <= 0xCF) ? 0
            : lead is >= 0xA6 and <= 0xF4 ? 1
            : null,
        };
}

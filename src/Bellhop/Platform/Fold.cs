using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bellhop.Platform;

/// <summary>
/// The key that search, sort and unique columns are built on: the text without case, accents, width, kana kind and spelling variants of
/// letters, at about the primary level of UTS #10 (https://www.unicode.org/reports/tr10/). The same on every machine and engine, for it
/// reads our own table <c>fold-v1.txt</c> and neither ICU nor a culture.
/// </summary>
public static class Fold
{
    /// <summary>Stored with keys. Keys of another version must be built again before they can be compared.</summary>
    public const int Version = 1;

    private const ushort FirstClass = 0xFF00;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_abcdefghijklmnopqrstuvwxyz{|}~"
    );

    private static readonly Table Letters = Table.Read();

    /// <summary>
    /// Never longer in meaning than the text: NFC and NFD spellings give one key, and the key of a key is itself. White space is one space
    /// between words and none at the ends; what is invisible, and a lone surrogate, is left out, so the key may be empty. Search by
    /// <c>Key(stored).Contains(Key(query), StringComparison.Ordinal)</c>: <c>%</c> and <c>_</c> stay as they are, for the caller to escape.
    /// </summary>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsKey(text))
        {
            return text;
        }

        var key = new Sink(stackalloc char[256]);
        try
        {
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (!char.IsSurrogate(c))
                {
                    Add(ref key, c);
                }
                else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    Add(ref key, char.ConvertToUtf32(c, text[++i]));
                }
            }

            return key.Finish();
        }
        finally
        {
            key.Return();
        }
    }

    private static bool IsKey(string text) =>
        !text.AsSpan().ContainsAnyExcept(Plain)
        && !text.StartsWith(' ')
        && !text.EndsWith(' ')
        && !text.Contains("  ", StringComparison.Ordinal);

    private static void Add(ref Sink key, int point)
    {
        if (point is >= 0xAC00 and <= 0xD7A3)
        {
            // Hangul syllables become their jamo, so that a name is found while its last syllable is still being typed.
            var index = point - 0xAC00;
            key.Append((char)(0x1100 + (index / 588)));
            key.Append((char)(0x1161 + (index % 588 / 28)));
            if (index % 28 != 0)
            {
                key.Append((char)(0x11A7 + (index % 28)));
            }

            return;
        }

        var entry = Letters.Of(point);
        if (entry == 0)
        {
            key.AppendPoint(point);
        }
        else if (entry >= FirstClass)
        {
            key.AppendMark((char)point, entry);
        }
        else
        {
            foreach (var c in Letters.Targets[entry])
            {
                key.Append(c);
            }
        }
    }

    /// <summary>
    /// A buffer that moves from the stack to the pool when it grows. It writes no double space and no space at the start.
    /// </summary>
    private ref struct Sink(Span<char> start)
    {
        private Span<char> _chars = start;
        private char[]? _rented;
        private int _length;

        public void Append(char c)
        {
            if (c == ' ' && (_length == 0 || _chars[_length - 1] == ' '))
            {
                return;
            }

            if (_length == _chars.Length)
            {
                Grow();
            }

            _chars[_length++] = c;
        }

        public void AppendPoint(int point)
        {
            if (point <= char.MaxValue)
            {
                Append((char)point);
                return;
            }

            Append((char)(((point - 0x10000) >> 10) + 0xD800));
            Append((char)(((point - 0x10000) & 0x3FF) + 0xDC00));
        }

        /// <summary>Puts the few kept marks in canonical order, so that two spellings of a text give one key.</summary>
        public void AppendMark(char mark, ushort rank)
        {
            Append(mark);
            for (var i = _length - 1; i > 0 && Letters.Of(_chars[i - 1]) is var before && before >= FirstClass && before > rank; i--)
            {
                (_chars[i - 1], _chars[i]) = (_chars[i], _chars[i - 1]);
            }
        }

        public readonly string Finish() => new(_chars[..(_length > 0 && _chars[_length - 1] == ' ' ? _length - 1 : _length)]);

        public readonly void Return()
        {
            if (_rented is not null)
            {
                ArrayPool<char>.Shared.Return(_rented);
            }
        }

        private void Grow()
        {
            var larger = ArrayPool<char>.Shared.Rent(_chars.Length * 2);
            _chars[.._length].CopyTo(larger);
            Return();
            _chars = _rented = larger;
        }
    }

    /// <summary>Pages of 256 code points. An entry is 0 (unchanged), an index into the targets, or a combining class.</summary>
    private sealed class Table
    {
        private readonly ushort[]?[] _pages = new ushort[]?[0x110000 >> 8];
        private readonly Dictionary<string, ushort> _indexes = new(StringComparer.Ordinal);
        private readonly List<string> _targets = ["\0"];

        public string[] Targets { get; private set; } = [];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ushort Of(int point) => _pages[point >> 8] is { } page ? page[point & 0xFF] : (ushort)0;

        public static Table Read()
        {
            var home = typeof(Fold).Assembly;
            var name =
                home.GetManifestResourceNames().SingleOrDefault(n => n.EndsWith("fold-v1.txt", StringComparison.Ordinal))
                ?? throw new InvalidOperationException("fold-v1.txt is not embedded in this assembly; see the project file.");
            using var reader = new StreamReader(home.GetManifestResourceStream(name)!);
            var table = new Table();
            while (reader.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                {
                    table.Add(line);
                }
            }

            table.Targets = [.. table._targets];
            return table;
        }

        private void Add(ReadOnlySpan<char> line)
        {
            var semicolon = line.IndexOf(';');
            var points = line[..semicolon];
            var to = line[(semicolon + 1)..];
            var dash = points.IndexOf('-');
            var first = Hex(dash < 0 ? points : points[..dash]);
            var last = dash < 0 ? first : Hex(points[(dash + 1)..]);
            for (var point = first; point <= last; point++)
            {
                Set(
                    point,
                    to switch
                    {
                        ['=', .. var rank] => (ushort)(FirstClass + byte.Parse(rank, CultureInfo.InvariantCulture)),
                        [.. var start, '+'] => IndexOf(char.ConvertFromUtf32(Hex(start) + point - first)),
                        _ => IndexOf(Text(to)),
                    }
                );
            }
        }

        private static string Text(ReadOnlySpan<char> targets)
        {
            var text = "";
            foreach (var part in targets.Split(' '))
            {
                text += targets[part].IsEmpty ? "" : char.ConvertFromUtf32(Hex(targets[part]));
            }

            return text;
        }

        private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        private ushort IndexOf(string target)
        {
            if (!_indexes.TryGetValue(target, out var index))
            {
                index = (ushort)_targets.Count;
                _targets.Add(target);
                _indexes.Add(target, index);
            }

            return index;
        }

        private void Set(int point, ushort entry) => (_pages[point >> 8] ??= new ushort[256])[point & 0xFF] = entry;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace Bellhop.Platform.Web;

/// <summary>
/// Markup written as text: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>. Every hole is encoded, both for text and for quoted attributes.
/// Only a hole of type <see cref="Html"/> is not encoded, because it is already markup.
/// </summary>
public readonly record struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None { get; }

    /// <summary>What the literal says, with every hole encoded.</summary>
    public static Html Of(ref Writer markup) => markup.Written();

    public override string ToString() => _markup ?? "";

    public static implicit operator MarkupString(Html html) => new(html.ToString());

    /// <summary>Takes an interpolated string piece by piece; the compiler calls it.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Writer
    {
        private readonly StringBuilder _to;

        public Writer(int literalLength, int formattedCount) => _to = new(literalLength + (formattedCount * 16));

        public Writer(int literalLength, int formattedCount, Builder to) => _to = to.Text;

        public void AppendLiteral(string markup) => _to.Append(markup);

        public void AppendFormatted(Html markup) => _to.Append(markup._markup);

        public void AppendFormatted(string? text) => _to.Append(text is null ? null : Encoder.Encode(text));

        /// <summary>Ids, numbers and names of enum values, the same in every culture; encoded as any text is.</summary>
        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        internal Html Written() => new(_to.ToString());
    }

    /// <summary>Markup that is written in many pieces, each as <see cref="Of"/> takes it.</summary>
    public sealed class Builder
    {
        internal StringBuilder Text { get; } = new(2048);

        /// <summary>Adds a piece.</summary>
        public void Add([InterpolatedStringHandlerArgument("")] ref Writer markup)
        {
            // The compiler has already passed every piece to the writer, which added it.
        }

        /// <summary>Returns what was added since the last call, and empties the builder.</summary>
        public Html Take()
        {
            var html = new Html(Text.ToString());
            Text.Clear();
            return html;
        }
    }
}

using System.Xml;
using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>Reads a stranger's XML: no document type, nothing fetched, and no document deeper or larger than honest ones are.</summary>
internal static class SafeXml
{
    private const int DeepestElement = 64;
    private const int MostNodes = 500_000;
    private const int MostCharacters = 16 * 1024 * 1024;

    /// <exception cref="XmlException">It is no XML, has a document type, or is deeper or larger than is read.</exception>
    public static XDocument Load(byte[] body)
    {
        var text = SentText.OfXml(body);
        // A document that is too deep or too large is refused before anything is built of it.
        using (var first = Open(text))
        {
            for (var nodes = 0; first.Read(); nodes++)
            {
                if (first.Depth > DeepestElement || nodes > MostNodes)
                {
                    throw new XmlException("The document is too deep or too large.");
                }
            }
        }

        using var reader = Open(text);
        return XDocument.Load(reader);
    }

    /// <summary>As it is stored and answered: UTF-8.</summary>
    public static byte[] Write(XDocument document)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new() { Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = true }))
        {
            document.Save(writer);
        }

        return bytes.ToArray();
    }

    /// <summary>The child elements of this name, in whatever namespace the sender puts them.</summary>
    public static IEnumerable<XElement> All(this XElement? element, string name) =>
        element?.Elements().Where(e => e.Name.LocalName == name) ?? [];

    /// <summary>The elements at the end of a path of names.</summary>
    public static IEnumerable<XElement> Along(this XElement? element, params ReadOnlySpan<string> names)
    {
        IEnumerable<XElement> found = element is null ? [] : [element];
        foreach (var name in names)
        {
            found = found.SelectMany(e => e.All(name)).ToList();
        }

        return found;
    }

    /// <summary>The first element at the end of a path of names; null where there is none.</summary>
    public static XElement? At(this XElement? element, params ReadOnlySpan<string> names) => element.Along(names).FirstOrDefault();

    /// <summary>An attribute's text, in one line; null where it is absent or blank.</summary>
    public static string? Attr(this XElement? element, string name) =>
        SentValues.Line(element?.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value);

    /// <summary>The element's text, in one line; null where it is absent or blank.</summary>
    public static string? Line(this XElement? element) => SentValues.Line(element?.Value);

    private static XmlReader Open(string text) =>
        XmlReader.Create(
            new StringReader(text),
            new()
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
                MaxCharactersInDocument = MostCharacters,
                MaxCharactersFromEntities = 1024,
            }
        );
}

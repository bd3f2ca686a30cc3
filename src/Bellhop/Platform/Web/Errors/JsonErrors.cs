using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bellhop.Platform.Web;

/// <summary>Says which member of a body is not of the shape asked for, and why; never what stood there.</summary>
internal static partial class JsonErrors
{
    private const string Whole = "body";
    private const int NameMax = 200;

    public static Refusal Of(JsonException error)
    {
        var path = Path(error.Path + (error.Data[OptionalJson.Inside] as string)?.TrimStart('$'));
        // The serialiser tells these apart by its sentence alone; a test holds it to them.
        var (member, key) = error.Message switch
        {
            _ when error.InnerException?.GetType().Name == "JsonReaderException" => (path, "Syntax"),
            var said when said.Contains("missing required properties", StringComparison.Ordinal) => (
                Under(path, Quoted().Match(said[said.IndexOf(':', StringComparison.Ordinal)..]).Groups[1].Value),
                "Missing"
            ),
            var said when said.Contains("could not be mapped", StringComparison.Ordinal) => (path, "Unknown"),
            var said when said.StartsWith("Duplicate property", StringComparison.Ordinal) => (path, "Twice"),
            var said
                when said.Contains("allow null", StringComparison.Ordinal)
                    || said.Contains("allow setting null", StringComparison.Ordinal) => (path, "Null"),
            _ => (path, "Type"),
        };
        return Refusal.Invalid(member.Length > NameMax ? member[..NameMax] : member, Platform.ErrorText.Of<WebTexts>("Json." + key));
    }

    public static Refusal NoBody() => Refusal.Invalid(Whole, Platform.ErrorText.Of<WebTexts>("Json.Missing"));

    /// <summary>A path or query parameter that could not be read, named by the framework's sentence.</summary>
    public static Refusal? Parameter(string said) =>
        Bound().Match(said) is { Success: true } match
            ? Refusal.Invalid(match.Groups[1].Value, Platform.ErrorText.Of<WebTexts>("Query.Value"))
            : null;

    private static string Path(string? path) =>
        path is null or "$" ? Whole
        : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..]
        : path.TrimStart('$');

    private static string Under(string path, string member) => path == Whole ? member : path + "." + member;

    [GeneratedRegex("'([^']+)'", RegexOptions.None, 100)]
    private static partial Regex Quoted();

    [GeneratedRegex("^(?:Failed to bind|Required) parameter \"[^\"]*?(\\w+)\"", RegexOptions.None, 100)]
    private static partial Regex Bound();
}

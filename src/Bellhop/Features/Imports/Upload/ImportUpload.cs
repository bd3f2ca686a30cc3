using System.Reflection;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Imports;

/// <summary>
/// A multipart request with a file: <c>file</c>, and <c>propertyId</c>, <c>mode</c>, <c>mapping</c>, <c>dryRun</c>, <c>tags</c> and
/// <c>draft</c>, in any order. Nothing is read before <see cref="Receive"/>.
/// </summary>
public sealed class ImportUpload(HttpRequest request)
{
    internal static readonly string[] Known = ["propertyId", "mode", "mapping", "dryRun", "tags", "draft"];

    /// <summary>The other parts of the request and the file's name. The file itself is in the imports' folder.</summary>
    /// <param name="ContentHash">SHA-256 of the file, in hexadecimal; empty when it is not known.</param>
    internal sealed record Received(
        Guid Id,
        string FileName,
        long Bytes,
        IReadOnlyDictionary<string, string> Fields,
        string ContentHash = ""
    );

    /// <summary>Lets a route handler take an <see cref="ImportUpload"/> as a parameter.</summary>
    public static ValueTask<ImportUpload?> BindAsync(HttpContext http, ParameterInfo _) =>
        ValueTask.FromResult<ImportUpload?>(new(http.Request));

    /// <summary>Reads the request to its end. The file is on disk when this returns; until then it is a temporary file, which the next
    /// start deletes.</summary>
    /// <exception cref="Refusal">415 when the request is not multipart; 400 for a part that is unknown, repeated or missing.</exception>
    internal async Task<Received> Receive(BellhopDb db, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        try
        {
            var read = await new StreamedUpload(request).Read(() => ImportFolder.CreatePart(db, id), Known, cancel);
            ImportFolder.TakeIn(db, id);
            return new(id, FileName(read.FileName), read.Bytes, read.Fields, read.ContentHash);
        }
        catch
        {
            ImportFolder.Remove(db, id);
            DataFolder.Remove(ImportFolder.PartOf(db, id));
            throw;
        }
    }

    /// <summary>The sender's name for the file, without a path. It is shown, and never used as a path.</summary>
    private static string FileName(string raw)
    {
        var name = Text.Clean(raw.Split('/', '\\')[^1]).Value ?? "guests.csv";
        return name.Length > Import.FileNameMax ? name[..Import.FileNameMax] : name;
    }
}

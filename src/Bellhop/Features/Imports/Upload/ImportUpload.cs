using System.Reflection;
using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Bellhop.Features.Imports;

/// <summary>
/// A multipart request with a file: <c>file</c>, and <c>propertyId</c>, <c>mode</c>, <c>mapping</c>, <c>dryRun</c>, <c>tags</c> and
/// <c>draft</c>, in any order. Nothing is read before <see cref="Receive"/>. The file is written to disk as it arrives and never held in
/// memory.
/// </summary>
public sealed class ImportUpload(HttpRequest request)
{
    private const int MostText = 256 * 1024;
    private const int MostParts = 50;

    private static readonly string[] Known = ["propertyId", "mode", "mapping", "dryRun", "tags", "draft"];

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

    /// <summary>Reads the request to its end. The file is on disk when this returns.</summary>
    /// <exception cref="Refusal">415 when the request is not multipart; 400 for a part that is unknown, repeated or missing.</exception>
    internal async Task<Received> Receive(BellhopDb db, CancellationToken cancel)
    {
        var boundary =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
                ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
                : null;
        if (string.IsNullOrWhiteSpace(boundary))
        {
            throw new BadHttpRequestException("The body is not multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        var id = Guid.CreateVersion7();
        try
        {
            return await Read(
                new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 },
                id,
                db,
                cancel
            );
        }
        catch (Exception error)
        {
            ImportFolder.Remove(db, id);
            File.Delete(ImportFolder.PartOf(db, id));
            if (
                error is InvalidDataException
                || (error is IOException && error.Message.StartsWith("Unexpected end", StringComparison.Ordinal))
            )
            {
                throw Refusal.Invalid("file", ErrorText.Of<ImportTexts>("BrokenUpload"));
            }

            throw;
        }
    }

    private static async Task<Received> Read(MultipartReader parts, Guid id, BellhopDb db, CancellationToken cancel)
    {
        var (fields, errors) = (new Dictionary<string, string>(StringComparer.Ordinal), new ValidationErrors());
        (string Name, long Bytes, string Hash)? file = null;
        for (var count = 0; await parts.ReadNextSectionAsync(cancel) is { } part; count++)
        {
            var name = ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""
                : "";
            if (count == MostParts)
            {
                throw Refusal.Invalid("file", ErrorText.Of<ImportTexts>("BrokenUpload"));
            }

            if (name == "file" && file is null)
            {
                var (bytes, hash) = await Store(part.Body, id, db, cancel);
                file = (FileName(disposition!), bytes, hash);
            }
            else if (Known.Contains(name, StringComparer.Ordinal) && !fields.ContainsKey(name))
            {
                fields[name] = await ReadText(part.Body, name, errors, cancel);
            }
            else
            {
                errors.Add(name.Length is > 0 and <= 64 ? name : "file", name == "file" || fields.ContainsKey(name) ? "Once" : "Unknown");
            }
        }

        if (file is null)
        {
            errors.Add("file", "Required");
        }

        errors.Refuse();
        ImportFolder.TakeIn(db, id);
        return new(id, file!.Value.Name, file.Value.Bytes, fields, file.Value.Hash);
    }

    /// <summary>Stores the body in a temporary file, which the next start deletes, until the request is complete.</summary>
    private static async Task<(long Bytes, string Hash)> Store(Stream body, Guid id, BellhopDb db, CancellationToken cancel)
    {
        using var hash = SHA256.Create();
        await using var file = ImportFolder.CreatePart(db, id);
        await using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await body.CopyToAsync(hashing, 1 << 16, cancel);
            await hashing.FlushFinalBlockAsync(cancel);
        }

        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
        return (file.Length, Convert.ToHexStringLower(hash.Hash!));
    }

    private static async Task<string> ReadText(Stream body, string name, ValidationErrors errors, CancellationToken cancel)
    {
        var bytes = new byte[MostText + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > MostText)
        {
            errors.Add(name, "TooLong", MostText);
            await body.CopyToAsync(Stream.Null, cancel);
            return "";
        }

        return System.Text.Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>The sender's name for the file, without a path. It is shown, and never used as a path.</summary>
    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var raw =
            HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        var name = Text.Clean(raw.Split('/', '\\')[^1]).Value ?? "guests.csv";
        return name.Length > Import.FileNameMax ? name[..Import.FileNameMax] : name;
    }
}

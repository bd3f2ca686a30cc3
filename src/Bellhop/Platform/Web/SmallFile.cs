using System.Reflection;
using Microsoft.AspNetCore.Http.Features;

namespace Bellhop.Platform.Web;

/// <summary>A multipart request with one small file, <c>file</c>, and fields. Nothing is read before <see cref="Read"/>.</summary>
public sealed class SmallFile(HttpRequest request)
{
    private const int MostText = 1000;

    /// <summary>Lets a route handler take a <see cref="SmallFile"/> as a parameter.</summary>
    public static ValueTask<SmallFile?> BindAsync(HttpContext http, ParameterInfo _) => ValueTask.FromResult<SmallFile?>(new(http.Request));

    /// <summary>Reads the request into memory.</summary>
    /// <param name="most">The largest allowed file, in bytes.</param>
    /// <param name="known">The names of the allowed fields.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="Refusal">415 when the request is not multipart; 400 for a part that is unknown, repeated, missing or too
    /// large.</exception>
    internal async Task<(byte[] Content, IReadOnlyDictionary<string, string> Fields)> Read(
        int most,
        IReadOnlyList<string> known,
        CancellationToken cancel
    )
    {
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new BadHttpRequestException("The body is not multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        var form = await Form(most, cancel);
        var errors = new ValidationErrors();
        foreach (var (name, values) in form.Where(f => f.Key != "__RequestVerificationToken"))
        {
            if (!known.Contains(name, StringComparer.Ordinal) || values.Count != 1)
            {
                errors.Add(name.Length <= 64 ? name : "file", values.Count == 1 ? "Unknown" : "Once");
            }
        }

        if (form.Files is not [{ Name: "file" } file])
        {
            errors.Add("file", form.Files.Count == 0 ? "Required" : "Once");
            throw Refused(errors);
        }

        if (file.Length > most)
        {
            errors.Add("file", ErrorText.Of<WebTexts>("FileTooLarge", most / 1024));
        }

        errors.Refuse();
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancel);
        return (content.ToArray(), form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));
    }

    private async Task<IFormCollection> Form(int most, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(
                new FormOptions
                {
                    MemoryBufferThreshold = most + MostText, // nothing of it is written to a folder that is not ours
                    MultipartBodyLengthLimit = most + MostText,
                    ValueCountLimit = 10,
                    ValueLengthLimit = MostText,
                    KeyLengthLimit = MostText,
                },
                cancel
            );
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refusal.Invalid("file", ErrorText.Of<WebTexts>("BrokenUpload"));
        }
    }

    private static Exception Refused(ValidationErrors errors)
    {
        errors.Refuse();
        return new InvalidOperationException("There was an error to report.");
    }
}

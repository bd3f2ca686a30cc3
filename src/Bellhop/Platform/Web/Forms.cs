using Microsoft.AspNetCore.Http.Features;

namespace Bellhop.Platform.Web;

/// <summary>Reads forms that strangers send. The framework fails on one that breaks off, has no boundary or has too many fields.</summary>
internal static class Forms
{
    /// <exception cref="Refusal">400 for a form that cannot be read.</exception>
    /// <exception cref="BadHttpRequestException">415 for a body that is no form; 413; 408.</exception>
    public static async Task<IFormCollection> ReadForm(this HttpRequest request, CancellationToken cancel, FormOptions? options = null)
    {
        if (!request.HasFormContentType)
        {
            throw new BadHttpRequestException("The body is no form.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return options is null ? await request.ReadFormAsync(cancel) : await request.ReadFormAsync(options, cancel);
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refusal.Invalid("body", ErrorText.Of<WebTexts>("BrokenForm"));
        }
    }
}

using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Leads from a merged guest's id to the guest that is kept. Only a call that found no such guest costs a further question.
/// </summary>
internal sealed class FollowMerged : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Refusal refusal) when (refusal is { Status: 404, About: ("contact", { }) })
        {
            var (http, id) = (context.HttpContext, refusal.About.Id!.Value);
            await using var db = http.RequestServices.GetRequiredService<BellhopDb>();
            if (await Merges.Survivor(id, Actor.Of(http), db, http.RequestAborted) is not { } survivor)
            {
                throw;
            }

            var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
            return isRead && Address(http.Request, id, survivor) is { } address
                ? Results.Redirect(address, permanent: true, preserveMethod: true)
                : throw Refusal.Conflict("merged", ErrorText.Of<DuplicateTexts>("Merged"), ("contactId", survivor));
        }
    }

    /// <summary>The same address with the kept guest's id; null where the path does not name the merged one.</summary>
    private static string? Address(HttpRequest request, Guid id, Guid survivor)
    {
        var parts = request.Path.Value!.Split('/');
        var at = Array.FindIndex(parts, part => Guid.TryParse(part, out var named) && named == id);
        if (at < 0)
        {
            return null;
        }

        parts[at] = survivor.ToString();
        return request.PathBase + string.Join('/', parts) + request.QueryString;
    }
}

using System.Net.Http.Headers;

namespace Bellhop.Tests.Features.Inbox.Media;

/// <summary>Forms with a file, as a browser sends them.</summary>
internal static class Uploads
{
    public static MultipartFormDataContent Form(string? conversation, string name, byte[] content, string type = "application/octet-stream")
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file, "file", name);
        if (conversation is not null)
        {
            form.Add(new StringContent(conversation), "conversationId");
        }

        return form;
    }
}

using Microsoft.AspNetCore.OpenApi;

namespace Bellhop.Ui.Api;

/// <summary>The API as its page shows it, read once from the document that programs get at <c>/openapi/v1.json</c>.</summary>
public sealed class ApiDescription([FromKeyedServices("v1")] IOpenApiDocumentProvider documents)
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Contents? _contents;

    /// <param name="Text">What the API is, in a sentence.</param>
    /// <param name="Groups">Operations by what they are about.</param>
    /// <param name="Schemas">What has a name of its own and is referred to by it.</param>
    public sealed record Contents(string Text, IReadOnlyList<Group> Groups, IReadOnlyList<Schema> Schemas);

    /// <param name="Name">The first word of the paths behind the common prefix.</param>
    public sealed record Group(string Name, IReadOnlyList<Operation> Operations);

    /// <param name="Id">Unique, and the same in every version.</param>
    /// <param name="Body">Null where it takes none.</param>
    public sealed record Operation(
        string Id,
        string Method,
        string Path,
        string? Summary,
        string? Text,
        IReadOnlyList<Parameter> Parameters,
        Body? Body,
        IReadOnlyList<Answer> Answers
    );

    /// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
    /// <param name="IsSeveral">May be given several times.</param>
    public sealed record Parameter(string Name, string In, Kind Kind, bool IsRequired, bool IsSeveral, string? Text);

    /// <param name="Sample">A body of this shape, to begin from; null for a form.</param>
    /// <param name="Members">Its members; those of a form are its fields.</param>
    public sealed record Body(string MediaType, Kind Kind, string? Sample, IReadOnlyList<Member> Members)
    {
        public bool IsForm => MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="Kind">Null where nothing comes with it.</param>
    /// <param name="Members">Of what has no name of its own.</param>
    public sealed record Answer(string Status, string? Text, string? MediaType, Kind? Kind, IReadOnlyList<Member> Members);

    public sealed record Schema(string Name, string? Text, Kind Kind, IReadOnlyList<Member> Members);

    /// <param name="Path">From the outermost object: <c>guest.phone</c>, <c>items[].id</c>.</param>
    public sealed record Member(string Path, Kind Kind, bool IsRequired, string? Text);

    /// <summary>What a value is.</summary>
    /// <param name="Text">In the words of JSON Schema: <c>string</c>, <c>array of integer</c>, a schema's name.</param>
    /// <param name="Named">The schema it refers to.</param>
    /// <param name="Choices">The only values it may have; empty where it may have any.</param>
    public sealed record Kind(string Text, string? Named, IReadOnlyList<string> Choices, bool IsFile = false);

    /// <summary>Everything, as it is since the program started.</summary>
    public async Task<Contents> Read(CancellationToken cancel)
    {
        if (_contents is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancel);
        try
        {
            return _contents ??= ApiReading.Of(await documents.GetOpenApiDocumentAsync(cancel));
        }
        finally
        {
            _one.Release();
        }
    }
}

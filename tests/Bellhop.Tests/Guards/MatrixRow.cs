using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Imports;
using Bellhop.Features.Notes;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Guards;

/// <param name="Route">Method and pattern.</param>
/// <param name="Permission">What it demands; null where being known will do.</param>
/// <param name="Call">A good call.</param>
/// <param name="Status">What whoever may gets.</param>
internal sealed record MatrixRow(string Route, Permission? Permission, Func<World, MatrixCall> Call, int Status = 200)
{
    /// <summary>Whether the call names ids at all.</summary>
    public bool HasIds { get; init; } = true;

    /// <summary>Whether what it names belongs to a property.</summary>
    public bool ByProperty { get; init; } = true;

    /// <summary>Whether it takes further rights to do: nobody hands on what they have not.</summary>
    public bool Fully { get; init; }

    /// <summary>What whoever lacks the permission gets; 404 where others see what is theirs here.</summary>
    public int Otherwise { get; init; } = 403;

    public HttpMethod Method => new(Route.Split(' ')[0]);
}

/// <param name="Path">Under /api/v1.</param>
internal sealed record MatrixCall(string Path, JsonNode? Body = null)
{
    /// <summary>The body where it is a form with a file, made anew for every call.</summary>
    public Func<HttpContent>? File { get; init; }

    public HttpRequestMessage Message(HttpMethod method) =>
        new(method, "/api/v1" + Path)
        {
            Content =
                File is not null ? File()
                : Body is null || method == HttpMethod.Get ? null
                : new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
}

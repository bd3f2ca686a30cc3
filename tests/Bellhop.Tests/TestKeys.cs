using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests;

/// <summary>Puts the holder of an API key on the request.</summary>
internal static class TestKeys
{
    public static async Task Read(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var text])
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
            var db = http.RequestServices.GetRequiredService<BellhopDb>();
            if (await db.ApiKeyOwners.AsNoTracking().SingleOrDefaultAsync(o => o.Hash == hash) is { } owner)
            {
                var key = await db.ApiKeys.AsNoTracking().SingleAsync(k => k.OrganizationId == owner.OrganizationId && k.Id == owner.ApiKeyId);
                http.Features.Set(new Actor(ActorKind.ApiKey, key.Id, key.Name, key.OrganizationId, PermissionSet.Read(key.Permissions), key.Properties) { From = "192.0.2.1" });
            }
        }

        await next(http);
    }
}

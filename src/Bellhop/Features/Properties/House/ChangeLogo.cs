using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>Sets the organisation's logo. It stands beside the name in the pages' frame and on the booking forms.</summary>
public static class ChangeLogo
{
    /// <summary>Takes the picture of a request: <c>file</c>.</summary>
    /// <exception cref="Refusal">As <see cref="Run"/>, and 415 and 400 for a request that is no such form.</exception>
    public static async Task<OrganizationRow> Receive(SmallFile upload, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        return await Run((await upload.Read(LogoPicture.MostBytes, [], cancel)).Content, who, db, cancel);
    }

    /// <exception cref="Refusal">403 for an actor limited to some properties; 400 for what is no plain PNG.</exception>
    public static async Task<OrganizationRow> Run(byte[] picture, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        var ours = LogoPicture.Read(picture);
        var version = Convert.ToHexStringLower(SHA256.HashData(ours))[..16];
        return await db.Save(
            async () =>
            {
                var logo = await db.Logos.SingleOrDefaultAsync(l => l.OrganizationId == who.OrganizationId, cancel);
                if (logo?.Version != version)
                {
                    if (logo is null)
                    {
                        db.Logos.Add(
                            logo = new()
                            {
                                OrganizationId = who.OrganizationId,
                                Picture = ours,
                                Version = version,
                            }
                        );
                    }

                    (logo.Picture, logo.Version) = (ours, version);
                    db.Happened(who, "organization.updated", "organization", null, "logo");
                }

                return await OrganizationRow.Read(who, db, cancel);
            },
            cancel
        );
    }
}

/// <summary>Removes the organisation's logo.</summary>
public static class RemoveLogo
{
    /// <exception cref="Refusal">403 for an actor limited to some properties; 404 when there is none.</exception>
    public static async Task Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        await db.Save(
            async () =>
            {
                db.Logos.Remove(
                    await db.Logos.SingleOrDefaultAsync(l => l.OrganizationId == who.OrganizationId, cancel)
                        ?? throw Refusal.NotThere("logo")
                );
                db.Happened(who, "organization.updated", "organization", null, "logo");
            },
            cancel
        );
    }
}

/// <summary>The logo of the actor's organisation.</summary>
public static class GetLogo
{
    /// <exception cref="Refusal">404 when there is none.</exception>
    public static async Task<FileContentHttpResult> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return await Of(who.OrganizationId, db, cancel) ?? throw Refusal.NotThere("logo");
    }

    /// <summary>An organisation's logo as an answer; null when it has none.</summary>
    internal static async Task<FileContentHttpResult?> Of(int organizationId, BellhopDb db, CancellationToken cancel) =>
        await db.Logos.AsNoTracking().Where(l => l.OrganizationId == organizationId).Select(l => l.Picture).SingleOrDefaultAsync(cancel)
            is { } picture
            ? TypedResults.File(picture, "image/png")
            : null;
}

using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>Marks one of a person's notices as seen. To mark it again changes nothing.</summary>
public static class MarkNoticeSeen
{
    /// <exception cref="Refusal">403 for a key; 404 for a notice that does not exist or is another person's.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        await db.Save(
            async () =>
            {
                var notice =
                    await db.Notices.SingleOrDefaultAsync(
                        n => n.OrganizationId == who.OrganizationId && n.UserId == who.Id && n.Id == id,
                        cancel
                    ) ?? throw Refusal.NotThere("notice", id);
                notice.SeenAt ??= db.Now;
                db.TellOfMany(who.OrganizationId, NoticeFollower.Kind);
            },
            cancel
        );
    }
}

/// <summary>Marks all of a person's notices as seen.</summary>
public static class MarkNoticesSeen
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        await db.Save(
            async () =>
            {
                var now = db.Now;
                await db
                    .Notices.Where(n => n.OrganizationId == who.OrganizationId && n.UserId == who.Id && n.SeenAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(n => n.SeenAt, now), cancel);
                db.TellOfMany(who.OrganizationId, NoticeFollower.Kind);
            },
            cancel
        );
    }
}

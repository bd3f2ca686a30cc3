using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Moves the conversations of an account to the property that the account belongs to now.</summary>
public static class MoveConversations
{
    private const int AtOnce = 500;

    public static readonly JobHandler Handler = new(
        ConnectionAccounts.MoveConversations,
        (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel)
    );

    public static async Task Run(Guid accountId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        await db.SaveUntilDone(
            async () =>
            {
                var account = await db.ChannelAccounts.SingleOrDefaultAsync(
                    a => a.OrganizationId == who.OrganizationId && a.Id == accountId,
                    cancel
                );
                if (account is null)
                {
                    return false;
                }

                var some = await db
                    .Conversations.Where(c =>
                        c.OrganizationId == who.OrganizationId && c.AccountId == accountId && c.PropertyId != account.PropertyId
                    )
                    .OrderBy(c => c.Id)
                    .Take(AtOnce)
                    .ToListAsync(cancel);
                foreach (var conversation in some)
                {
                    conversation.PropertyId = account.PropertyId;
                    conversation.Touched(db.Now);
                }

                db.TellOfMany(who.OrganizationId, "conversation");
                return some.Count == AtOnce;
            },
            cancel
        );
    }
}

using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.RealAddresses;

/// <summary>
/// Mails six digits to an address that a guest wrote by WhatsApp. Without a mail server the address stays claimed. If the job runs again,
/// only the later digits work.
/// </summary>
public sealed class MailAddressCode(Mailer mailer, IStringLocalizer<RealAddressTexts> texts)
{
    /// <summary>The name of the job; its argument is the question.</summary>
    public const string Kind = "mail.addressCode";

    public JobHandler Handler => new(Kind, (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel));

    private async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        if (!mailer.IsOn)
        {
            return;
        }

        var (digits, hash) = AddressCode.NewDigits(id);
        var to = await db.Save(
            async () =>
            {
                var ask = await db.AddressAsks.SingleOrDefaultAsync(a => a.OrganizationId == who.OrganizationId && a.Id == id, cancel);
                var identity = ask is null
                    ? null
                    : await db
                        .Identities.AsNoTracking()
                        .SingleOrDefaultAsync(
                            i =>
                                i.OrganizationId == who.OrganizationId
                                && i.Id == ask.IdentityId
                                && i.Claimed
                                && i.Kind == IdentityKind.Email,
                            cancel
                        );
                if (ask?.IsOpen(db.Now) != true || identity is null)
                {
                    return default;
                }

                (ask.CodeHash, ask.Tries) = (hash, 0);
                var place = await db
                    .Bookings.VisibleTo(who)
                    .Where(b => b.Id == ask.BookingId)
                    .Join(db.Properties.VisibleTo(who), b => b.PropertyId, p => p.Id, (_, p) => p.Name)
                    .SingleAsync(cancel);
                return (Address: identity.Value, Place: place);
            },
            cancel
        );
        if (to.Address is { } address)
        {
            await mailer.Send(new(address, null, texts["Mail.Subject", to.Place], texts["Mail.Text", digits, to.Place]), cancel);
        }
    }
}

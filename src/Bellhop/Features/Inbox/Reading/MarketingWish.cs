using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Keeps what a guest says of advertising by WhatsApp, in the caller's save.</summary>
internal static class MarketingWish
{
    /// <summary>The guest's own word counts, so it may open again what was closed; only the latest one counts.</summary>
    public static async Task Keep(Guid contactId, bool wants, DateTime at, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var consent = await db.Consents.FindAsync([who.OrganizationId, contactId, ConsentChannel.WhatsApp], cancel);
        if (consent is null)
        {
            consent = new()
            {
                OrganizationId = who.OrganizationId,
                ContactId = contactId,
                Channel = ConsentChannel.WhatsApp,
            };
            db.Consents.Add(consent);
        }
        else if (consent.At > at)
        {
            return;
        }

        (consent.Granted, consent.At, consent.Source) = (wants, at, Source.WhatsApp);
        db.Happened(who, "contact.updated", "contact", contactId, "consents");
    }
}

using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.RealAddresses;

/// <summary>
/// What a guest who was asked writes by WhatsApp. The channel proves the number, not the address in the text: the address is claimed, and a
/// code is mailed to it. When the code comes back in the chat, the address is proven.
/// </summary>
public static partial class WrittenAddress
{
    private const int LongestAnswer = 1000;

    /// <summary>Takes an address or a code out of a message, in the caller's save. Any other message changes nothing.</summary>
    /// <param name="contact">Who writes: found by the proven number.</param>
    public static async Task Read(Contact contact, string? text, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        if (text is not { Length: <= LongestAnswer } || contact.Email is not null)
        {
            return;
        }

        var address = Address().Match(text) is { Success: true } match && Email.Parse(match.Value) is { Usable: true } email ? email : null;
        var digits = Digits().Match(text) is { Success: true } six ? six.Value : null;
        if ((address is null && digits is null) || await Open(contact, who, db, cancel) is not var (ask, booking))
        {
            return;
        }

        if (address is not null)
        {
            await Claim(ask, contact, address, who, db, cancel);
        }
        else
        {
            await Prove(ask, booking, contact, digits!, who, db, cancel);
        }
    }

    /// <summary>The question that waits for an answer of this guest.</summary>
    private static async Task<(AddressAsk Ask, Booking Booking)?> Open(Contact contact, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var found = await db
            .AddressAsks.Where(a =>
                a.OrganizationId == who.OrganizationId && a.Way == AskWay.WhatsApp && a.UsedAt == null && a.ExpiresAt > db.Now
            )
            .Join(
                db.Bookings.VisibleTo(who).Where(b => b.ContactId == contact.Id),
                a => a.BookingId,
                b => b.Id,
                (a, b) => new { Ask = a, Booking = b }
            )
            .OrderByDescending(f => f.Ask.Id)
            .FirstOrDefaultAsync(cancel);
        return found?.Ask.IsOpen(db.Now) == true ? (found.Ask, found.Booking) : null;
    }

    private static async Task Claim(AddressAsk ask, Contact contact, Email address, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var claimed = await ResolveContact.Claim(contact, address, who, db, cancel);
        if (claimed is null)
        {
            return; // it leads to somebody else: the two are listed as a likely pair
        }

        (ask.IdentityId, ask.CodeHash, ask.Tries) = (claimed.Id, null, 0);
        await db.Queue(who, MailAddressCode.Kind, ask.Id.ToString(), once: ask.Id.ToString(), cancel: cancel);
    }

    private static async Task Prove(
        AddressAsk ask,
        Booking booking,
        Contact contact,
        string digits,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (ask.CodeHash is not { } hash || ask.Tries >= AddressAsk.MostTries)
        {
            return;
        }

        if (!CryptographicOperations.FixedTimeEquals(hash, AddressCode.HashOf(ask.Id, digits)))
        {
            ask.Tries++;
            return;
        }

        var identity = await db.Identities.SingleOrDefaultAsync(
            i => i.OrganizationId == who.OrganizationId && i.Id == ask.IdentityId && i.ContactId == contact.Id,
            cancel
        );
        if (identity is null)
        {
            return; // the guest was split from it, or somebody else has proven it
        }

        await SaveAddress.Learn(booking, contact, identity.AsGiven, Email.Parse(identity.Value), who, db, cancel);
        (identity.Claimed, identity.Verified) = (false, true);
    }

    [GeneratedRegex(@"[^\s<>()\[\],;:""]+@[^\s<>()\[\],;:""@]+\.[^\s<>()\[\],;:""@.]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![0-9])[0-9]{6}(?![0-9])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}

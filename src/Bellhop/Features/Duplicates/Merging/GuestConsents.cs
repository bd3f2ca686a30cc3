using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>Two contacts' answers to marketing, when they are merged and when they are split. An opt-out always wins.</summary>
internal static class GuestConsents
{
    public static Task<List<Consent>> Of(Contact contact, BellhopDb db, CancellationToken cancel) =>
        db.Consents.Where(c => c.OrganizationId == contact.OrganizationId && c.ContactId == contact.Id).ToListAsync(cancel);

    /// <summary>The answer that counts of two; of two that say the same, the later.</summary>
    public static Consent Winner(Consent one, Consent other) =>
        one.Granted != other.Granted ? (one.Granted ? other : one)
        : one.At >= other.At ? one
        : other;

    /// <summary>Returns the answers of the one guest.</summary>
    public static List<Consent> Join(Contact kept, List<Consent> mine, List<Consent> theirs, BellhopDb db)
    {
        foreach (var their in theirs)
        {
            if (mine.Find(c => c.Channel == their.Channel) is { } present)
            {
                Say(present, Winner(present, their));
            }
            else
            {
                mine.Add(Add(kept, their, db));
            }

            db.Remove(their);
        }

        return mine;
    }

    /// <summary>
    /// Gives each its own answers back. What the guest said since the merge counts for both if it is an opt-out. A new consent counts for
    /// the kept contact, unless that one had opted out: then nobody knows who of the two gave it.
    /// </summary>
    public static async Task Split(Contact kept, Contact other, MergeState state, BellhopDb db, CancellationToken cancel)
    {
        var now = await Of(kept, db, cancel);
        foreach (var stored in state.OtherConsents)
        {
            var theirs = stored.Restore<Consent>(db);
            if (Since(theirs.Channel) is { Granted: false } optedOut)
            {
                Say(theirs, optedOut);
            }
        }

        var stated = state.OtherConsents.Select(ChannelOf).ToHashSet();
        foreach (var optedOut in now.Where(c => !c.Granted && !stated.Contains(c.Channel) && Since(c.Channel) is not null).ToList())
        {
            Add(other, optedOut, db);
        }

        foreach (var present in now)
        {
            var stored = state.KeptConsents.FirstOrDefault(s => ChannelOf(s) == present.Channel);
            var since = Since(present.Channel);
            if (stored is null && since is null)
            {
                db.Remove(present);
            }
            else if (stored is not null && (since is null || (since.Granted && !stored.Value<bool>(nameof(Consent.Granted)))))
            {
                Say(present, (Consent)stored.Make(db.Entry(present).Metadata, db));
            }
        }

        // What was said after the merge; null where the answer is still the merge's.
        Consent? Since(ConsentChannel channel) =>
            now.Find(c => c.Channel == channel) is { } present
            && !state.JoinedConsents.Any(s => ChannelOf(s) == channel && StoredRow.Of(present, db).IsSameAs(s))
                ? present
                : null;

        static ConsentChannel ChannelOf(StoredRow stored) => stored.Value<ConsentChannel>(nameof(Consent.Channel));
    }

    private static void Say(Consent consent, Consent said) =>
        (consent.Granted, consent.At, consent.Source) = (said.Granted, said.At, said.Source);

    private static Consent Add(Contact contact, Consent said, BellhopDb db)
    {
        var consent = new Consent
        {
            OrganizationId = contact.OrganizationId,
            ContactId = contact.Id,
            Channel = said.Channel,
        };
        Say(consent, said);
        db.Add(consent);
        return consent;
    }
}

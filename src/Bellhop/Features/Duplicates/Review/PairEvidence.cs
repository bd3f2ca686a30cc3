using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>What the comparison of two guests may find, beside what the door lists: the names as a pair keeps them.</summary>
internal static class PairEvidence
{
    public const string SameName = "same-name";
    public const string NameAlike = "name-alike";
    public const string PhoneAlike = "phone-alike";
    public const string EmailAlike = "email-alike";
    public const string SameBirthday = "same-birthday";
    public const string SameStay = "same-stay";

    public static readonly IReadOnlyList<string> All = [SameName, NameAlike, PhoneAlike, EmailAlike, SameBirthday, SameStay];

    /// <summary>What a comparison found, as a pair keeps it.</summary>
    /// <param name="stayedTogether">Both have a booking at one property from one day on.</param>
    public static List<string> Of(IReadOnlyList<Evidence> evidence, LikelyDuplicate present, bool stayedTogether)
    {
        var found = new List<string>();
        var names = evidence.Where(e => e.Field == GuestRecords.Name).ToList();
        if (names.Count > 0 && names.Exists(e => e.Level != Level.Different))
        {
            found.Add(names.TrueForAll(e => e.Level == Level.Same) ? SameName : NameAlike);
        }

        foreach (var one in evidence)
        {
            var (same, alike) = (one.Level == Level.Same, one.Level != Level.Different);
            switch (one.Field)
            {
                case GuestRecords.Phone when same:
                    Claimed(IdentityKind.Phone);
                    break;
                case GuestRecords.Phone when alike:
                    found.Add(PhoneAlike);
                    break;
                case GuestRecords.Email when same:
                    Claimed(IdentityKind.Email);
                    break;
                case GuestRecords.Email when alike:
                    found.Add(EmailAlike);
                    break;
                case GuestRecords.Birthday when same:
                    found.Add(SameBirthday);
                    break;
            }
        }

        if (stayedTogether)
        {
            found.Add(SameStay);
        }

        return found;

        // The door says which of the two has proven it. Where it said nothing, nobody has.
        void Claimed(IdentityKind kind)
        {
            if (!present.IsProven(kind))
            {
                found.Add(LikelyDuplicate.Reason(kind, claimed: true));
            }
        }
    }

    /// <summary>All that speaks for two guests when somebody says that they are two: none of it asks again.</summary>
    public static IEnumerable<(string Reason, string? Key)> OfBoth(Contact one, Contact other)
    {
        foreach (var reason in All)
        {
            yield return (reason, null);
        }

        if (one.Email is { } email && email == other.Email)
        {
            yield return (LikelyDuplicate.Reason(IdentityKind.Email, claimed: false), email);
            yield return (LikelyDuplicate.Reason(IdentityKind.Email, claimed: true), email);
        }

        if (KeyOf(one.Phone) is { } key && key == KeyOf(other.Phone))
        {
            yield return (LikelyDuplicate.Reason(IdentityKind.Phone, claimed: false), key);
            yield return (LikelyDuplicate.Reason(IdentityKind.Phone, claimed: true), key);
        }
    }

    /// <summary>The match key of a shown phone; null where it has none.</summary>
    public static string? KeyOf(string? phone) => phone is null ? null : Phone.Parse(phone, null).MatchKey;
}

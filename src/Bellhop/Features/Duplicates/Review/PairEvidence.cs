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

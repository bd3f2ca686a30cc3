using System.Security.Cryptography;
using System.Text;

namespace Bellhop.Features.Intake;

/// <summary>
/// The phones and addresses that staff removed from a contact. A channel that says them again does not bring them back. They are kept as
/// hashes, since a guest may have asked to forget the address.
/// </summary>
internal static class TakenOff
{
    public const int MaxLength = Most * (Length + 1);

    private const int Most = 20;
    private const int Length = 16;

    /// <summary>Adds one. Of many, only the last ones are kept.</summary>
    public static string Add(string? present, Guid contactId, IdentityKind kind, string key) =>
        string.Join(' ', Others(present, contactId, kind, key).Append(Hash(contactId, kind, key)).TakeLast(Most));

    /// <summary>Drops one that staff added again; null when none is left.</summary>
    public static string? Remove(string? present, Guid contactId, IdentityKind kind, string key) =>
        present is not null && string.Join(' ', Others(present, contactId, kind, key)) is { Length: > 0 } rest ? rest : null;

    /// <summary>Whether staff removed it.</summary>
    public static bool Has(string? present, Guid contactId, IdentityKind kind, string key) =>
        present is not null && present.Contains(Hash(contactId, kind, key), StringComparison.Ordinal);

    private static IEnumerable<string> Others(string? present, Guid contactId, IdentityKind kind, string key) =>
        (present ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(h => h != Hash(contactId, kind, key));

    private static string Hash(Guid contactId, IdentityKind kind, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contactId:D}/{kind}/{key}")))[..Length];
}

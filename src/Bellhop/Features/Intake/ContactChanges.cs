namespace Bellhop.Features.Intake;

/// <summary>The changed fields of a contact, for the event: field → [before, after].</summary>
public static class ContactChanges
{
    public static Dictionary<string, string?[]> Between((string? Name, string? Phone, string? Email) before, Contact after)
    {
        var changes = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        Note(changes, "name", before.Name, after.Name);
        Note(changes, "phone", before.Phone, after.Phone);
        Note(changes, "email", before.Email, after.Email);
        return changes;
    }

    private static void Note(Dictionary<string, string?[]> changes, string field, string? was, string? now)
    {
        if (was != now)
        {
            changes[field] = [was, now];
        }
    }
}

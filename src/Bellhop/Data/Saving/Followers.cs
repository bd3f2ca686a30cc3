namespace Bellhop.Data;

/// <summary>What a use case tells all followers, or asks them, inside its save.</summary>
public abstract partial class BellhopDb
{
    /// <summary>Tells every follower that a contact is deleted for good.</summary>
    public async Task DeleteContactRows(int organizationId, Guid contactId, CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            await follower.ContactDeleted(this, organizationId, contactId, cancel);
        }
    }

    /// <summary>Tells every follower that one tag replaces another. The caller changes the contacts itself.</summary>
    internal async Task ReplaceTag(int organizationId, Guid from, Guid to, CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            await follower.TagReplaced(this, organizationId, from, to, cancel);
        }
    }

    /// <summary>Lets every follower prepare some rows for a second property; returns whether more are left.</summary>
    internal async Task<bool> PrepareForSecondProperty(int organizationId, CancellationToken cancel)
    {
        var more = false;
        foreach (var follower in Followers)
        {
            more |= await follower.PrepareForSecondProperty(this, organizationId, cancel);
        }

        return more;
    }

    /// <summary>Whether a guest that an import made has rows that did not come with the import.</summary>
    internal async Task<bool> HasMoreThanImport(int organizationId, Guid contactId, CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            if (await follower.HasMoreThanImport(this, organizationId, contactId, cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The entities that some follower handles; the guard test reads this list.</summary>
    internal static IEnumerable<Type> Followed => Followers.SelectMany(f => f.Tables);
}

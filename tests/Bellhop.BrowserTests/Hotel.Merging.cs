using Bellhop.Features.Duplicates;
using Bellhop.Platform;

namespace Bellhop.BrowserTests;

/// <summary>Guests who are one.</summary>
public sealed partial class Hotel
{
    /// <summary>The owner merges a guest into another.</summary>
    /// <returns>The merge's id.</returns>
    public async Task<Guid> Merge(Guid into, Guid from)
    {
        await using var db = Database();
        return (await MergeContacts.Run(into, new(from), await Owner(db), db, IfMatch.Any, CancellationToken.None)).Value.Id;
    }
}

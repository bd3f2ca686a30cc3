using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Duplicates;
using Bellhop.Platform;

namespace Bellhop.Tests.Guards;

/// <summary>Guests that are merged or may be, for the matrix.</summary>
internal static class MergeWorld
{
    public static async Task<Guid> Guest(Guid property, int number, int which, Actor who, BellhopDb db) =>
        (await AddContact.Run(new($"+35192{which}34{number:0000}", property, "Guest"), who, db, default)).Value.Id;

    public static async Task<Guid> Make(Guid property, int number, Actor who, BellhopDb db)
    {
        var (kept, other) = (await Guest(property, number, 2, who, db), await Guest(property, number, 3, who, db));
        return (await MergeContacts.Run(kept, new(other), who, db, IfMatch.Any, default)).Value.Id;
    }
}

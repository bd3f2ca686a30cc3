using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Guards;

/// <summary>Guests that are merged or may be, for the matrix.</summary>
internal static class MergeWorld
{
    public static async Task<Guid> Guest(Guid property, int number, int which, Actor who, BellhopDb db) =>
        (await AddContact.Run(new($"+35192{which}34{number:0000}", property, "Guest"), who, db, default)).Value.Id;

    /// <summary>Two guests who may be one.</summary>
    public static async Task<Guid> Likely(Guid property, int number, Actor who, BellhopDb db)
    {
        var (one, other) = (await Guest(property, number, 4, who, db), await Guest(property, number, 5, who, db));
        return await db.Arrange(async () =>
        {
            var pair = await Listed(one, other, who.OrganizationId, db);
            pair.Show(IdentityKind.Email, "guest@example.org", claimed: false);
            return pair.Id;
        });
    }

    /// <summary>The pair of two guests. The app compares new guests by itself, and may have found it already.</summary>
    public static async Task<LikelyDuplicate> Listed(Guid one, Guid other, int organizationId, BellhopDb db)
    {
        var made = LikelyDuplicate.New(organizationId, one, other, db.Now);
        return await db.LikelyDuplicates.FindAsync(organizationId, made.OlderId, made.NewerId) ?? db.LikelyDuplicates.Add(made).Entity;
    }

    public static async Task<Guid> Make(Guid property, int number, Actor who, BellhopDb db)
    {
        var (kept, other) = (await Guest(property, number, 2, who, db), await Guest(property, number, 3, who, db));
        return (await MergeContacts.Run(kept, new(other), who, db, IfMatch.Any, default)).Value.Id;
    }
}

using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Tests.Guards;

/// <summary>What follows from changed rows is the followers' to know, and nobody else's.</summary>
public sealed class FollowerTests
{
    [Fact]
    public async Task Every_table_with_a_contacts_id_goes_with_the_contact_or_has_a_follower()
    {
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();
        var withContact = db
            .Model.GetEntityTypes()
            .Where(e => e.GetProperties().Any(p => p.Name.Contains("ContactId", StringComparison.Ordinal)) || ToContact(e).Any())
            .Where(e => !ToContact(e).Any() || ToContact(e).Any(key => key.DeleteBehavior != DeleteBehavior.Cascade));

        withContact
            .Select(e => e.ClrType)
            .Except(BellhopDb.Followed)
            .Select(t => t.Name)
            .ShouldBeEmpty("Register a Follower in the file of the table: what becomes of its rows when the contact goes?");

        static IEnumerable<IForeignKey> ToContact(IEntityType entity) =>
            entity.GetForeignKeys().Where(key => key.PrincipalEntityType.ClrType.Name == "Contact");
    }

    [Fact]
    public void Only_followers_write_what_follows_from_rows()
    {
        ShapeTests
            .Files(ShapeTests.Source)
            .Where(f => File.ReadAllText(f).Contains("db.SaveContext.", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(ShapeTests.Source, f))
            .Where(f => !f.StartsWith("Data/", StringComparison.Ordinal) && !f.EndsWith("Follower.cs", StringComparison.Ordinal))
            .ShouldBe(["Features/Doctor/FigureMending.cs"], "Change tracked rows, or call db.Recompute: what follows is the followers'.");
    }
}

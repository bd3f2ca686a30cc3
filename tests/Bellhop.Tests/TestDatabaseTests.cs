using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests;

public class TestDatabaseTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Each_test_has_a_migrated_database_of_its_own(string engine)
    {
        await using var one = await TestDatabase.Create(engine);
        await using var two = await TestDatabase.Create(engine);
        await using var db = one.Open();
        await using var other = two.Open();

        db.Database.GetConnectionString().ShouldNotBe(other.Database.GetConnectionString());
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
        (await other.Organizations.CountAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_model_and_the_migrations_agree(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();

        db.Database.HasPendingModelChanges().ShouldBeFalse("eng/migrate writes what is missing");
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_model_as_code_is_that_of_the_entities(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var services = ((IInfrastructure<IServiceProvider>)db).Instance;
        var worked = services
            .GetRequiredService<IModelSource>()
            .GetModel(db, services.GetRequiredService<ModelCreationDependencies>(), designTime: false);

        db.Model.ShouldNotBeSameAs(worked, "the program starts with the model as code");
        db.Model.ToDebugString(MetadataDebugStringOptions.LongDefault)
            .ShouldBe(worked.ToDebugString(MetadataDebugStringOptions.LongDefault), "eng/migrate writes the model as code");
    }
}

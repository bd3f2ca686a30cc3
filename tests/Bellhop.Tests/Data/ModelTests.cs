namespace Bellhop.Tests.Data;

public class ModelTests
{
    // EF keeps a model and its translated queries by its options. An option that differs from database to database makes EF build all of it
    // anew for each.
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_database_of_an_engine_has_the_same_model(string engine)
    {
        await using var database = await TestDatabase.CreateNew(engine);
        await using var other = await TestDatabase.CreateNew(engine);
        await using var app = await TestApp.StartNew(engine);
        await using var otherApp = await TestApp.StartNew(engine);
        await using var db = database.Open();
        await using var otherDb = other.Open();
        await using var appsDb = app.Open();
        await using var otherAppsDb = otherApp.Open();

        otherDb.Model.ShouldBeSameAs(db.Model);
        otherAppsDb.Model.ShouldBeSameAs(appsDb.Model);
    }
}

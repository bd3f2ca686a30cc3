using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using NullsPart = Bellhop.Features.Contacts.ContactSql.NullsPart;

namespace Bellhop.Tests.Features.Contacts;

public sealed class SearchSqlTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_SQL_of_a_search_is_composed_once_and_its_words_are_values(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        foreach (var properties in new int[]?[] { null, [0], [0, 1] })
        {
            var texts = new HashSet<string>(StringComparer.Ordinal);
            foreach (var typed in new[] { "silva 912345678", "costa 913456789" })
            {
                var filter = new ContactFilter(Q: typed, PropertyIds: properties?.Select(i => house.Properties[i].Id).ToList());
                var scope = await ContactScope.Of(filter, house.Owner, db, default);
                var question = await ContactQuery.Of(filter, scope, db, default);
                var found = ContactQuery.ByIndex(question.CriteriaOver(scope), SearchTerms.AllWords);
                var shape = new ContactSql.QueryShape(found, ContactSort.Created, true, NullsPart.Filled, false, false);
                var values = new GuestValues(scope, question);
                texts.Add(ContactSql.Page(db.Dialect, shape, values).Write(db.Dialect).Text);

                var before = GC.GetAllocatedBytesForCurrentThread();
                ContactSql.Page(db.Dialect, shape, values);
                (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(500);
            }

            texts.ShouldHaveSingleItem().ShouldNotContain("silva");
        }
    }
}

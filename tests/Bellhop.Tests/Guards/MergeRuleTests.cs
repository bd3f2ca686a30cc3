using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Guards;

/// <summary>What merge and split do with each table that holds a contact's id. A new table says it in its configuration.</summary>
public sealed class MergeRuleTests
{
    private static readonly Dictionary<string, OnMerge> Rules = new(StringComparer.Ordinal)
    {
        ["answers"] = OnMerge.Moves,
        ["bookings"] = OnMerge.Moves,
        ["bulk_changes"] = OnMerge.Rests,
        ["bulk_items"] = OnMerge.Ends, // the job has one guest less to change
        ["consents"] = OnMerge.Own,
        ["contact_at"] = OnMerge.Own,
        ["contact_tags"] = OnMerge.Moves,
        ["conversations"] = OnMerge.Moves,
        ["duplicate_checks"] = OnMerge.Ends, // the other is gone, and the kept one is noted by its own change
        ["duplicate_keys"] = OnMerge.Ends, // they follow from the contact's values
        ["enquiries"] = OnMerge.Moves,
        ["event_contacts"] = OnMerge.Moves,
        ["event_details"] = OnMerge.Moves,
        ["hook_contacts"] = OnMerge.Moves,
        ["identities"] = OnMerge.Moves,
        ["import_changes"] = OnMerge.Rests,
        ["likely_duplicates"] = OnMerge.Own,
        ["loyalty_entries"] = OnMerge.Moves,
        ["loyalty_members"] = OnMerge.Own,
        ["merges"] = OnMerge.Moves,
        ["notes"] = OnMerge.Moves,
        ["reviews"] = OnMerge.Moves,
        ["touches"] = OnMerge.Moves,
    };

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_table_with_a_contacts_id_says_what_a_merge_does_with_its_rows(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();

        var found =
            from type in db.Model.GetEntityTypes()
            where type.ClrType != typeof(Contact)
            let keys = type.GetForeignKeys().Where(k => k.PrincipalEntityType.ClrType == typeof(Contact)).Select(k => k.Properties[^1].Name)
            let named = type.GetProperties().Select(p => p.Name).Where(n => n.Contains("ContactId", StringComparison.Ordinal))
            let columns = keys.Union(named).ToList()
            where columns.Count > 0
            select (Table: type.GetTableName()!, Columns: columns, Rule: MergeRule.Of(type));

        var tables = found.ToList();
        tables.Where(t => t.Rule is null).Select(t => t.Table).ShouldBeEmpty("Say WhenMerged(…) in the table's configuration.");
        tables.ShouldAllBe(t => t.Columns.All(t.Rule!.Contact.Contains), "The rule names every column that holds a contact's id.");
        tables.ToDictionary(t => t.Table, t => t.Rule!.On).ShouldBe(Rules, ignoreOrder: true);
    }
}

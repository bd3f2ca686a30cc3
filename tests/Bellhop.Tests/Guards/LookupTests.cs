using System.Text.RegularExpressions;

namespace Bellhop.Tests.Guards;

/// <summary>
/// A row that is found by a key from outside, or by its name, is looked for among what the actor sees; else one property's caller reaches
/// another's.
/// </summary>
public partial class LookupTests
{
    /// <summary>Statements that rightly look further, by their file, each with the reason.</summary>
    private static readonly Dictionary<string, string> Wider = new(StringComparer.Ordinal)
    {
        ["ReceiveBooking.cs"] = "hand-written: its property was found among the actor's just before",
        ["GuestsByName.cs"] = "hand-written: among those known at the actor's properties",
        ["ListSegments.cs"] = "continues a query over what the actor sees, after the cursor's name",
        ["DemoHouse.cs"] = "the demo's guests in memory, before anything is stored",
        ["AddRole.cs"] = "roles belong to the organisation, and whoever manages the team sees them all",
        ["FreeIdentity.cs"] = "the identities of one contact that is being changed or deleted",
        ["FigureMending.cs"] = "mends the whole organisation, by Bellhop itself",
        ["ExportCommand.cs"] = "a command acts for the whole organisation",
        ["KnownMapping.cs"] = "headings and fields belong to the organisation; nothing of a guest",
        ["ReverseImport.cs"] = "the identities of one contact that the import changed",
        ["CorrectContact.cs"] = "a key belongs to one contact of the organisation; what is not seen is not told",
        ["KnownGuests.cs"] = "as above, for many touches",
        ["ResolveContact.cs"] = "as above: the door matches over the whole organisation",
        ["ResolveContact.Identities.cs"] = "as above",
        ["NewGuests.cs"] = "as above: keys that are only claimed go to whom a file proves",
        ["AddProperty.cs"] = "a name is unique in the organisation; the refusal names no id",
        ["ChangeProperty.cs"] = "as above",
        ["NoticeFollower.cs"] = "one person's own notices",
        ["TagNames.cs"] = "tags belong to the organisation",
        ["TakeReservation.cs"] = "hand-written: its property is the connection's own",
        ["TakeEnquiry.cs"] = "what a connection brought, by Bellhop itself",
        ["ReceiveReservations.cs"] = "as above",
        ["ReadReservations.cs"] = "as above",
        ["ConnectionAccounts.cs"] = "an account belongs to one connection of the organisation; the refusal names none",
        ["ResolveContact.Channels.cs"] = "the door matches over the whole organisation",
        ["Conversations.cs"] = "what a provider signs for one account, by Bellhop itself",
        ["ReceiveItem.cs"] = "as above",
        ["ReceiveMessage.cs"] = "as above",
        ["ReceiveStatus.cs"] = "as above",
        ["ReceiveGuest.cs"] = "as above",
        ["ChangeMessage.cs"] = "as above",
        ["ReadingSave.cs"] = "as above",
        ["ReceiveTemplate.cs"] = "as above",
        ["SendOutcomes.cs"] = "what a provider answers for one account, by Bellhop itself",
        ["SendConsequences.cs"] = "as above",
        ["OutboxCalls.cs"] = "as above",
        ["OutgoingDraft.cs"] = "among the messages of one conversation that was found among the actor's just before",
        ["SavedReplyRow.cs"] = "continues a query over what the actor sees, after the cursor's name",
        ["TemplateDraft.cs"] = "among the templates of that conversation's account",
    };

    /// <summary>Tables whose rows not everybody in the organisation sees.</summary>
    private const string Limited = "Bookings|Reviews|Imports|Contacts|Segments|Jobs|ExportFiles|Properties|Tags|Connections|Conversations";

    [Fact]
    public void A_look_up_by_an_outside_or_natural_key_starts_from_what_the_actor_sees()
    {
        var found = Statements().Where(s => ByKey().IsMatch(s.Text)).ToList();

        found.Count.ShouldBeGreaterThan(10);
        found
            .Where(s => !s.Text.Contains(".VisibleTo(", StringComparison.Ordinal) && !Wider.ContainsKey(s.File))
            .Select(s => $"{s.File}: {s.Text.Trim()}")
            .ShouldBeEmpty("Start from VisibleTo(who), or say above why it looks further.");
    }

    [Fact]
    public async Task Every_text_that_is_unique_in_an_organisation_is_a_key_that_is_looked_for_here()
    {
        await using var house = await TestHouse.Make("sqlite");
        await using var db = house.Open();

        var keys =
            from table in db.Model.GetEntityTypes()
            from index in table.GetIndexes()
            where index.IsUnique && index.Properties[0].Name == "OrganizationId"
            where index.Properties[^1].ClrType == typeof(string)
            select index.Properties[^1].Name;

        keys.Distinct().ShouldAllBe(key => ByKey().IsMatch($"x.{key} == key"));
    }

    [Fact]
    public void A_read_for_an_actor_does_not_stop_at_the_organisation()
    {
        Statements()
            .Where(s => OrganisationOnly().IsMatch(s.Text) && !s.Text.Contains(".VisibleTo(", StringComparison.Ordinal))
            .Where(s => !Wider.ContainsKey(s.File) && !Whole.ContainsKey(s.File))
            .Select(s => $"{s.File}: {s.Text.Trim()}")
            .ShouldBeEmpty("Start from VisibleTo(who), or say above why it looks further.");
    }

    /// <summary>Reads of the whole organisation that name no key, each with the reason.</summary>
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["RollLast.cs"] = "the night's work over one property, by Bellhop itself",
        ["BulkContacts.cs"] = "the job that the same save has queued",
        ["ReverseBulk.cs"] = "the job that the same save has queued",
        ["CheckFigures.cs"] = "proves the whole organisation, by Bellhop itself",
        ["MakeReviewLink.cs"] = "asks only whether the link of a booking that is seen was used",
        ["ExportCommand.cs"] = "a command acts for the whole organisation",
        ["ImportCommand.cs"] = "a command acts for the whole organisation",
        ["ReadHooks.cs"] = "reads what providers sent, by Bellhop itself",
        ["MoveConversations.cs"] = "moves an account's conversations, by Bellhop itself",
        ["DemoInbox.cs"] = "the demo's own guests, while it is made",
    };

    /// <summary>What stands between two semicolons or braces of the product's own code: near enough to a statement.</summary>
    private static IEnumerable<(string File, string Text)> Statements() =>
        from file in Directory.EnumerateFiles(ShapeTests.Source, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(ShapeTests.Source, file)
        where !path.StartsWith("Data/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal)
        from text in Statement().Split(Comments().Replace(File.ReadAllText(file), ""))
        select (Path.GetFileName(file), text);

    [GeneratedRegex(
        @"\b(?:ExternalId|GuestId|NameKey|MatchKey|HeadingsKey|RunKey|Once|Language) ==|"
            + @"\b(?:external_id|name_key|match_key|headings_key|run_key|once) = [@{]|"
            + @"\bAmong\(\$?""match_key"""
    )]
    private static partial Regex ByKey();

    [GeneratedRegex(
        @"\bdb\.(?:Set<ExportFile>\(\)|(?:" + Limited + @")\b)[^;]*?OrganizationId == who\.OrganizationId",
        RegexOptions.Singleline
    )]
    private static partial Regex OrganisationOnly();

    [GeneratedRegex(@";\s*\n|\{\s*\n|\}\s*\n")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();
}

using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Bellhop.Features.Contacts;
using Bellhop.Features.Flags;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts;

public class HandedContactsTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 9, 30, 0, DateTimeKind.Utc);
    private static readonly ContactsAddress Address = new(new ContactFilter(Q: "ana"));
    private static readonly Actor Owner = new(ActorKind.User, Guid.CreateVersion7(), "Ana", 7, PermissionSet.Everything);

    private static readonly ContactRow Whole = new(
        Guid.CreateVersion7(),
        "شهد القحطاني",
        "+966551234567",
        "shahd@example.org",
        Source.BookingCom,
        new(Guid.CreateVersion7(), "Harbour"),
        ["VIP"],
        3,
        new(12_345, "EUR"),
        new(2024, 8, 1),
        new(Guid.CreateVersion7(), "R-1", new(2026, 12, 2)),
        4,
        true,
        new(LoyaltyTier.Gold, 120),
        Now.AddYears(-1),
        Now.AddDays(-1)
    )
    {
        Labels = [new(Guid.CreateVersion7(), "VIP", TagColor.Gray + 1)],
        TagIds = [Guid.CreateVersion7()],
        Flags = [new(GuestFlagKind.NoShow, "2026-03-04") { Number = 2 }],
        Country = "SA",
        CountryGiven = "SA",
        Language = "ar",
        Birthday = "1990-05-17",
    };

    private static readonly ContactRow Bare = new(
        Guid.CreateVersion7(),
        null,
        null,
        null,
        Source.Website,
        null,
        [],
        0,
        new(0, "EUR"),
        new(2026, 11, 1),
        null,
        null,
        false,
        null,
        Now,
        Now
    );

    [Fact]
    public void What_is_handed_over_is_what_was_read()
    {
        var row = Row(Whole, Bare);

        var (read, told) = Through(HandedContacts.Of(row, "told", Address, Owner)!).For(Address, Owner, Now)!.Value;

        told.ShouldBe("told");
        (read.House with { Places = [] }).ShouldBe(row.House with { Places = [] });
        read.House.Places.ShouldBe(row.House.Places);
        (read.Cards, read.Extras, read.Matches, read.AsOf, read.List.NextCursor).ShouldBe(
            (row.Cards, row.Extras, row.Matches, row.AsOf, row.List.NextCursor)
        );
        foreach (var (sent, got) in row.List.Items.Zip(read.List.Items))
        {
            got.Tags.ShouldBe(sent.Tags);
            got.Labels.ShouldBe(sent.Labels);
            got.Flags.ShouldBe(sent.Flags);
            (got with { Tags = [], Labels = [], TagIds = [], Flags = [] }).ShouldBe(
                sent with
                {
                    Tags = [],
                    Labels = [],
                    TagIds = [],
                    Flags = [],
                }
            );
        }
    }

    [Fact]
    public void A_member_that_a_guest_gets_is_handed_over_too()
    {
        // A value in every member of the sample: one that is new has none, and fails here until it is carried.
        foreach (
            var member in typeof(ContactRow).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)
        )
        {
            var value = member.GetValue(Whole);
            (
                value is null || value.Equals(member.PropertyType.IsValueType ? Activator.CreateInstance(member.PropertyType) : null)
            ).ShouldBeFalse(member.Name);
        }
    }

    [Fact]
    public void Nobody_else_takes_it_nor_with_other_rights_elsewhere_or_later()
    {
        var handed = Through(HandedContacts.Of(Row(Whole), null, Address, Owner)!);

        handed.For(Address, Owner, Now.AddSeconds(5)).ShouldNotBeNull();
        handed.For(Address, Owner with { Id = Guid.CreateVersion7() }, Now).ShouldBeNull();
        handed.For(Address, Owner with { OrganizationId = 8 }, Now).ShouldBeNull();
        handed.For(Address, Owner with { Permissions = new([Permission.ContactsView]) }, Now).ShouldBeNull();
        handed.For(Address, Owner with { Properties = [Guid.CreateVersion7()] }, Now).ShouldBeNull();
        handed.For(Address with { Sort = NameField.Column.By }, Owner, Now).ShouldBeNull();
        handed.For(Address, Owner, Now.AddMinutes(2)).ShouldBeNull();
        handed.For(Address, Owner, Now.AddMinutes(-2)).ShouldBeNull();
    }

    [Fact]
    public void What_a_circuit_could_not_begin_with_is_read_again_instead() =>
        HandedContacts.Of(Row([.. Enumerable.Range(0, 50).Select(Long)]), null, Address, Owner).ShouldBeNull();

    // Nothing in it repeats, so that it does not shrink.
    private static ContactRow Long(int i)
    {
        var letters = new Random(i);
        return Whole with
        {
            Name = new([.. Enumerable.Range(0, 200).Select(_ => (char)letters.Next(0x4E00, 0x9FA5))]),
            Email = letters.GetHexString(254),
        };
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Guests_are_handed_over_encrypted_and_nothing_where_there_is_no_list(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await using var db = app.Open();
        await AddContact.Run(
            new("+351 912 345 678", house.Lisbon, "Quillfeather Handover"),
            Actor.System(house.OrganizationId),
            db,
            default
        );

        var html = await (await app.SignedIn(house.OrganizationId, Roles.Owner)).GetStringAsync("/contacts");
        var refused = await (await app.SignedIn(house.OrganizationId, "Housekeeping")).GetAsync("/contacts");

        var state = State(html);
        html.ShouldContain("Quillfeather Handover");
        state.Length.ShouldBeGreaterThan(500);
        foreach (
            var hidden in new[] { "Quillfeather", "351912345678", Convert.ToBase64String(Encoding.UTF8.GetBytes("Quillfeather"))[..14] }
        )
        {
            state.ShouldNotContain(hidden);
            Encoding.Latin1.GetString(Convert.FromBase64String(state)).ShouldNotContain(hidden);
        }

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        State(await refused.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(state.Length);
    }

    /// <summary>As the framework writes it into the page and reads it on the circuit.</summary>
    private static HandedContacts Through(HandedContacts handed)
    {
        var (framework, bytes) = (new HandedContacts.Serializer(), new ArrayBufferWriter<byte>());
        framework.Persist(handed, bytes);
        return framework.Restore(new(bytes.WrittenMemory));
    }

    private static string State(string html) => Regex.Match(html, "<!--Blazor-Server-Component-State:([^>]*?)-->").Groups[1].Value;

    private static SeeContacts.Row Row(params ContactRow[] guests) =>
        new(
            new(
                "Lantern",
                "EUR",
                "Europe/Lisbon",
                new(2026, 11, 22),
                [
                    new(Guid.CreateVersion7(), "Harbour", "Europe/Lisbon", "EUR"),
                    new(Guid.CreateVersion7(), "Old Town", "Europe/Berlin", "EUR"),
                ]
            ),
            new(812, 61, 12, new(18_640, "EUR"), new(9_001, "EUR")),
            new(5, 9, 11),
            42,
            new(guests, "next"),
            Now
        );
}

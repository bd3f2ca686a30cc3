using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Bellhop.Tests.Features.Contacts.Segments.SegmentRequests;

namespace Bellhop.Tests.Features.Contacts.Segments;

public class SegmentConditionsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory]
    [InlineData("""{}""", "conditions")]
    [InlineData("""[]""", "conditions")]
    [InlineData("""null""", "conditions")]
    [InlineData(""" "all" """, "conditions")]
    [InlineData("""{"all":[]}""", "conditions.all")]
    [InlineData("""{"all":{}}""", "conditions.all")]
    [InlineData("""{"all":[{"minSpent":1}],"any":[{"minSpent":1}]}""", "conditions.any")]
    [InlineData("""{"all":[{"minSpent":1}],"source":["Website"]}""", "conditions.source")]
    [InlineData("""{"all":[{"tag":["VIP"]},{"nope":1}]}""", "conditions.all[1].nope")]
    [InlineData("""{"all":[{"segmentId":"0199f1f0-0000-7000-8000-000000000000"}]}""", "conditions.all[0].segmentId")]
    [InlineData("""{"minSpent":"500"}""", "conditions.minSpent")]
    [InlineData("""{"minSpent":5.001}""", "conditions.minSpent")]
    [InlineData("""{"minSpent":1e30}""", "conditions.minSpent")]
    [InlineData("""{"minBookings":1.5}""", "conditions.minBookings")]
    [InlineData("""{"active":"true"}""", "conditions.active")]
    [InlineData("""{"source":["Website; DROP TABLE contacts"]}""", "conditions.source")]
    [InlineData("""{"source":[]}""", "conditions.source")]
    [InlineData("""{"source":[1]}""", "conditions.source")]
    [InlineData("""{"tag":["\u0000"]}""", "conditions.tag")]
    [InlineData("""{"propertyId":["1 OR 1=1"]}""", "conditions.propertyId")]
    [InlineData("""{"createdFrom":"now()"}""", "conditions.createdFrom")]
    [InlineData("""{"createdWithinDays":-1}""", "conditions.createdWithinDays")]
    [InlineData("""{"hasConsent":"Fax"}""", "conditions.hasConsent")]
    [InlineData("""{"minBookings":5,"maxBookings":1}""", "conditions.minBookings")]
    [InlineData("""{"any":[{"all":[{"any":[{"all":[{"any":[{"active":true}]}]}]}]}]}""", "conditions.any[0].all[0].any[0].all[0]")]
    [InlineData("""{"f.spent) OR 1=1 --":1}""", "conditions.f.spent) OR 1=1 --")]
    public async Task What_is_no_condition_is_refused_by_its_path(string conditions, string path)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var before = await app.Snapshot();

        var answer = await Send(app.As(house.Owner), HttpMethod.Post, Address, $$"""{"name":"x","conditions":{{conditions}}}""");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body.ToString());
        answer.Body["errors"]!.AsObject().Select(e => e.Key).ShouldContain(path);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task However_many_however_deep_it_is_refused_and_a_tag_named_like_sql_is_a_tag(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var many = string.Join(',', Enumerable.Repeat("""{"active":true}""", 10_000));
        var deep =
            string.Concat(Enumerable.Repeat("""{"all":[""", 60)) + """{"active":true}""" + string.Concat(Enumerable.Repeat("]}", 60));
        var wide = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"m{i}\":1"));
        var tags = string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"t{i}\""));
        foreach (
            var conditions in new[]
            {
                $$"""{"any":[{{many}}]}""",
                deep,
                $$"""{{{wide}}}""",
                $$"""{"tag":[{{tags}}]}""",
                """{"active":true,"active":false}""",
                $$"""{"all":[{"all":[{{many}}]},{"any":[{{many}}]}]}""",
            }
        )
        {
            var refused = await Send(owner, HttpMethod.Post, Address, $$"""{"name":"x","conditions":{{conditions}}}""");
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, conditions[..20]);
            refused.Body["errors"]!.AsObject().Count.ShouldBeLessThan(40);
        }

        (
            await Send(owner, HttpMethod.Post, Address, $$$"""{"name":"x","conditions":{"propertyId":["{{{Guid.CreateVersion7()}}}"]}}""")
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        var fifty = await Post(
            owner,
            new { name = "fifty", conditions = new { any = Enumerable.Range(1, 50).Select(i => new { q = "guest" + i }) } }
        );
        fifty.Status.ShouldBe(HttpStatusCode.Created, fifty.Body.ToString());
        (await Names(owner, $"segmentId={fifty.Body["id"]}")).ShouldBeEmpty();

        const string Tag = "'); DROP TABLE contacts; -- @organization";
        var (guest, _) = (await Book(owner, house.Lisbon, "Ana", "Website", 100), await Book(owner, house.Lisbon, "Bo", "Website", 100));
        (await owner.PutAsync($"/api/v1/contacts/{guest}/tags/{Uri.EscapeDataString(Tag)}", null)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        var made = await Post(
            owner,
            new
            {
                name = "'; DROP TABLE segments; --",
                conditions = new { any = new object[] { new { tag = new[] { Tag } }, new { minSpent = 9000 } } },
            }
        );
        made.Body["count"]!.GetValue<int>().ShouldBe(1);
        (await Names(owner, $"segmentId={made.Body["id"]}")).ShouldBe(["Ana"]);

        // A tag that is called otherwise is still meant; one that is gone nobody has.
        var tag = (await owner.GetFromJsonAsync<JsonNode>("/api/v1/tags"))!["items"]![0]!["id"]!.GetValue<string>();
        await Send(owner, HttpMethod.Patch, $"/api/v1/tags/{tag}", """{"name":"VIP"}""");
        (await Names(owner, $"segmentId={made.Body["id"]}")).ShouldBe(["Ana"]);
        (await owner.GetFromJsonAsync<JsonNode>($"{Address}/{made.Body["id"]}"))!["conditions"]!["any"]![0]!["tag"]![0]!
            .GetValue<string>()
            .ShouldBe("VIP");
        await owner.DeleteAsync($"/api/v1/tags/{tag}");
        (await Names(owner, $"segmentId={made.Body["id"]}")).ShouldBeEmpty();
        (await owner.GetFromJsonAsync<JsonNode>($"{Address}/{made.Body["id"]}"))!["count"]!.GetValue<int>().ShouldBe(0);
    }
}

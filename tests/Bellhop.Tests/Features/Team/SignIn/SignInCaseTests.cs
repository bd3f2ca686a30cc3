using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

public class SignInCaseTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_wrong_password_an_unknown_address_and_one_without_a_place_answer_alike_over_two_hundred_tries(string engine)
    {
        await using var app = await TestApp.StartNew(
            engine,
            null,
            ("Limits:SignInsPerAccount", "1000000"),
            ("Limits:SignInsPerNetwork", "1000000"),
            ("Limits:SignInsPerAccountEverywhere", "1000000")
        );
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "known@example.org");
        var gone = await app.MakePerson(house.OrganizationId, "gone@example.org");
        await using var db = app.Open();
        await db.Memberships.Where(m => m.UserId == gone).ExecuteDeleteAsync();
        using var browser = app.Browser();
        var before = await app.Snapshot();
        var times = new Dictionary<string, List<double>>
        {
            ["known@example.org"] = [],
            ["gone@example.org"] = [],
            ["nobody@example.org"] = [],
        };
        var answers = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < TestSize.Of(200); i++)
        {
            foreach (var (email, list) in times)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await browser.SignIn(email, "not the password at all");
                list.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                answers.Add($"{answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        answers.ShouldHaveSingleItem().ShouldStartWith("Unauthorized");
        (await app.Snapshot()).ShouldBe(before);

        // Figures to read, not to assert: the machine may be busy with one of them.
        foreach (var (email, list) in times)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{email}: median {list.Order().ElementAt(list.Count / 2):F2} ms");
        }
    }

    [Theory]
    [InlineData("//api/v1/team")]
    [InlineData("/api//v1/team")]
    [InlineData("/api/..;/api/v1/team")]
    [InlineData("/api/v1/;/team")]
    [InlineData("/api/v1/%2e%2e/v1/team")]
    [InlineData("/api/v1/team%2f")]
    [InlineData("/api/v1/team;jsessionid=1")]
    [InlineData("/API/V1/TEAM")]
    [InlineData("/api/v1/team/")]
    [InlineData("/book/../api/v1/team")]
    [InlineData("/sign-in/..%2fapi/v1/team")]
    public async Task A_path_that_is_written_otherwise_opens_no_door(string path)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");

        // A client would tidy the path; the server sees it as it is written.
        var server = (TestServer)app.Services.GetRequiredService<IServer>();
        var answer = await server.SendAsync(http =>
        {
            (http.Request.Method, http.Request.Scheme, http.Request.Host) = ("GET", "http", new HostString("localhost"));
            http.Request.Path = path;
        });

        answer.Response.StatusCode.ShouldBeOneOf(400, 401, 404);
        using var body = new StreamReader(answer.Response.Body);
        (await body.ReadToEndAsync()).ShouldNotContain("ana@example.org");
    }
}

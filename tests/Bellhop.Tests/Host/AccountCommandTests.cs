using System.Text.RegularExpressions;

namespace Bellhop.Tests.Host;

public class AccountCommandTests
{
    [Fact]
    public async Task A_sole_owner_without_mail_gets_a_link_to_a_new_password_from_the_server()
    {
        using var place = new Place();
        await place.SetUp();
        await using var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");

        // Beside a running server, and with the address in another case.
        var made = await BellhopProcess.Run(place.Folder, "reset-password", Commands.Email.ToUpperInvariant());

        (made.Code, made.Error).ShouldBe((0, ""));
        made.Out.Trim().ShouldMatch("^http://localhost:5080/recover/[A-Za-z0-9_-]{43}$");
        using var client = server.Client();
        var path = Regex.Match(made.Out, "/recover/[^\\s]+").Value;
        (await client.GetStringAsync(path)).ShouldContain(Commands.Email);

        var address = new Dictionary<string, string> { ["Bellhop__PublicAddress"] = "https://desk.example.org" };
        var again = await BellhopProcess.Run(place.Folder, address, ["reset-password", Commands.Email]);
        again.Out.ShouldStartWith("https://desk.example.org/recover/");
        ((int)(await client.GetAsync(path)).StatusCode).ShouldBe(404, "the earlier link no longer works");

        var unknown = await BellhopProcess.Run(place.Folder, "reset-password", "nobody@example.org");
        (unknown.Code, unknown.Out, unknown.Error.Trim()).ShouldBe((1, "", "Nobody on a team signs in with this address."));
    }
}

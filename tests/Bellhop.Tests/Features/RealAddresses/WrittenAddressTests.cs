using System.Net;
using System.Text.RegularExpressions;
using Bellhop.Tests.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.RealAddresses;

/// <summary>An address that a guest writes by WhatsApp is claimed until the code that is mailed to it comes back.</summary>
public class WrittenAddressTests
{
    private const string Phone = "351912345678";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task It_is_claimed_until_its_code_comes_back_in_the_chat(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var line = await SendingLine.Open(app);
        var stay = await RelayStay.Book(app, line.House, "+" + Phone);
        var asked = await (await stay.Ask("whatsApp")).Json(201);
        asked["link"]!.GetValue<string>().ShouldStartWith($"https://wa.me/{Phone}?text=");

        await line.Written(line.WhatsApp, Phone, "It is Laura@Example.com, thank you!");

        var sent = await mail.Next();
        sent.To.Mailboxes.Single().Address.ShouldBe("laura@example.com");
        var code = Regex.Match(sent.TextBody!, "[0-9]{6}").Value;
        (await stay.Email()).ShouldBeNull();
        (await Identity(app, line)).ShouldBe((true, false));
        var wrong = code == "000000" ? "111111" : "000000";
        await line.Written(line.WhatsApp, Phone, wrong);
        (await stay.Email()).ShouldBeNull();

        await line.Written(line.WhatsApp, Phone, $"My code: {code}");

        (await stay.Email()).ShouldBe("laura@example.com");
        (await Identity(app, line)).ShouldBe((false, true));
        (await stay.Listed()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task After_five_wrong_codes_the_right_one_proves_nothing(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var line = await SendingLine.Open(app);
        var stay = await RelayStay.Book(app, line.House, "+" + Phone);
        (await stay.Ask("whatsApp")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await line.Written(line.WhatsApp, Phone, "laura@example.com");
        var code = Regex.Match((await mail.Next()).TextBody!, "[0-9]{6}").Value;
        for (var i = 0; i < 5; i++)
        {
            await line.Written(line.WhatsApp, Phone, code == $"00000{i}" ? "999999" : $"00000{i}");
        }

        await line.Written(line.WhatsApp, Phone, code);

        (await stay.Email()).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_was_not_asked_gets_no_mail(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, null, mail.Settings);
        var line = await SendingLine.Open(app);
        var stay = await RelayStay.Book(app, line.House, "+" + Phone);
        await line.Written(line.WhatsApp, Phone, "somebody@example.com");

        await using var db = app.Open();
        (await db.Identities.AnyAsync(i => i.Value == "somebody@example.com")).ShouldBeFalse();
        (await db.Jobs.AnyAsync(j => j.Kind == "mail.addressCode")).ShouldBeFalse();
        (await stay.Listed()).ShouldBe([stay.Id]);
    }

    private static async Task<(bool Claimed, bool Verified)> Identity(TestApp app, SendingLine line)
    {
        await using var db = app.Open();
        var identity = await db.Identities.SingleAsync(i =>
            i.OrganizationId == line.House.OrganizationId && i.Value == "laura@example.com"
        );
        return (identity.Claimed, identity.Verified);
    }
}

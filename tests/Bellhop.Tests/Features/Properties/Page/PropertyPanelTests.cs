using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform.Web;
using Bellhop.Tests.Ui;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Properties;

public class PropertyPanelTests
{
    [Theory]
    [InlineData("https://desk.example.org/", "https://desk.example.org/book/")]
    [InlineData(null, "/book/")]
    public async Task The_forms_address_is_the_configured_one_else_as_the_browser_reaches_us(string? configured, string asked)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { [PublicAddress.Setting] = configured };
        var address = new PublicAddress(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        await using var stage = await new Stage(services => services.AddSingleton(address)).Enter(app, house.OrganizationId, Roles.Owner);
        var row = new PropertyRow(house.Lisbon, "Sea & Co", "EUR", "Europe/Lisbon", "PT", [], [], DateTime.UnixEpoch, DateTime.UnixEpoch);
        var whole = new Uri(new Uri("https://seen.example.org"), asked + house.Lisbon).ToString();
        stage.JSInterop.Setup<string>("bellhop.address", asked + house.Lisbon).SetResult(whole);

        var panel = stage.Render<PropertyPanel>(p => p.Add(x => x.Row, row));

        panel.WaitForAssertion(() => panel.Find("#property-form").GetAttribute("value").ShouldBe(whole));
        panel.Find("#property-snippet").TextContent.ShouldStartWith($"<iframe src=\"{whole}\"");
    }
}

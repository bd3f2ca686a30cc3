using Bellhop.Platform;

namespace Bellhop.Tests.Platform;

/// <summary>What countries are called on pages.</summary>
public class CountryNamesTests
{
    [Fact]
    public void Every_country_has_a_name_and_not_its_code_alone() =>
        Country.All.Where(code => CountryNames.Show(code, "en") == code).ShouldBeEmpty();

    [Theory]
    [InlineData("PT", "Portugal")]
    [InlineData("XK", "Kosovo")]
    [InlineData("AC", "Ascension Island")]
    public void A_country_is_called_by_its_name(string code, string name) => CountryNames.Show(code, "en").ShouldBe(name);
}

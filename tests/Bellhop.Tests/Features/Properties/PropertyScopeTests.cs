using Bellhop.Features.Properties;

namespace Bellhop.Tests.Features.Properties;

public class PropertyScopeTests
{
    [Fact]
    public void A_list_is_over_all_properties_or_one_or_several_and_never_over_none()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        PropertyScope.Of(null).ShouldBe(PropertyScope.All);
        PropertyScope.Of([one]).ShouldBe(PropertyScope.One);
        PropertyScope.Of([one, other]).ShouldBe(PropertyScope.Several(2));
        PropertyScope.Several(2).ShouldNotBe(PropertyScope.Several(3));
        Should.Throw<ArgumentOutOfRangeException>(() => PropertyScope.Of([]));
        Should.Throw<ArgumentOutOfRangeException>(() => PropertyScope.Several(1));
    }
}

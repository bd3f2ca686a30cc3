using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Team;

public class RolesTests
{
    private const string Everything =
        "contacts.view contacts.edit contacts.importExport contacts.delete campaigns.send conversations.view conversations.reply "
        + "bookings.view bookings.manage reports.view loyalty.manage team.manage settings.manage";

    [Theory]
    [InlineData("Owner", Everything)]
    [InlineData("Manager", Everything)]
    [InlineData("Front desk", "contacts.view contacts.edit conversations.view conversations.reply bookings.view bookings.manage")]
    [InlineData(
        "Marketing",
        "contacts.view contacts.edit contacts.importExport campaigns.send conversations.view bookings.view reports.view"
    )]
    [InlineData("Viewer", "contacts.view conversations.view bookings.view reports.view")]
    [InlineData("Nobody knows", "")]
    public void A_built_in_role_may_do_exactly_this(string role, string permissions) =>
        Roles.Of(role).List().Select(p => p.Name).ShouldBe(permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void A_permission_holds_the_view_it_needs() =>
        new PermissionSet([Permission.BookingsManage]).Holds(Permission.BookingsView).ShouldBeTrue();
}

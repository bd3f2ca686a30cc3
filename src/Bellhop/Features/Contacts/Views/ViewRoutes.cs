using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts.Views;

internal static class ViewRoutes
{
    public static void MapViews(this RouteGroupBuilder api)
    {
        var views = api.MapGroup("/me/views/{list}").WithTags("Me");
        views.MapGet("/", SeeView.Run).WithName("SeeView").WithSummary("How one sees a list: columns, low rows, segments as tabs");
        views.MapPut("/", SetView.Run).WithName("SetView").WithSummary("Says how one wants to see a list");
    }
}

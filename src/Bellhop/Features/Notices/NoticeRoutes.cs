using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Notices;

public static class NoticeRoutes
{
    public static void AddNotices(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<PushKeys>().AddSingleton<SendNotice>();

    public static void MapNotices(this RouteGroupBuilder api)
    {
        var notices = api.MapGroup("/me/notices").WithTags("Me");
        notices
            .MapGet("/", ListNotices.Run)
            .WithName("ListNotices")
            .WithSummary("One's own notices, newest first")
            .WithQuery([.. PageQuery.Names, "unseen"]);
        notices.MapPut("/seen", MarkNoticesSeen.Run).WithName("MarkNoticesSeen").WithSummary("Marks all of one's own notices as seen");
        notices.MapPut("/{id}/seen", MarkNoticeSeen.Run).WithName("MarkNoticeSeen").WithSummary("Marks one of one's own notices as seen");
        notices
            .MapGet("/choices", SeeNoticeChoices.Run)
            .WithName("SeeNoticeChoices")
            .WithSummary("The kinds of notices that one wants on the page");
        notices.MapPut("/choices", ChooseNotices.Run).WithName("ChooseNotices").WithSummary("Chooses the kinds of notices that one wants");
        var push = api.MapGroup("/me/push").WithTags("Me");
        push.MapPost("/setup", BeginPush.Run)
            .WithName("BeginPush")
            .WithSummary("Gives the key with which a browser subscribes to one's own notices");
        push.MapGet("/subscriptions", ListPushSubscriptions.Run)
            .WithName("ListPushSubscriptions")
            .WithSummary("The browsers that show one's own notices")
            .WithQuery(PageQuery.Names);
        push.MapPost("/subscriptions", AddPushSubscription.Run)
            .WithName("AddPushSubscription")
            .WithSummary("The calling browser shows one's own notices while it is signed in");
        push.MapDelete("/subscriptions/{id}", RemovePushSubscription.Run)
            .WithName("RemovePushSubscription")
            .WithSummary("One of one's own browsers shows no more notices");
    }
}

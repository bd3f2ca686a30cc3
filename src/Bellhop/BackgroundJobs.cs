using Bellhop.Features.Bookings;
using Bellhop.Features.ChannelManagers;
using Bellhop.Features.Channels;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Imports;
using Bellhop.Features.Inbox;
using Bellhop.Features.Intake;
using Bellhop.Features.Notices;
using Bellhop.Features.Properties;
using Bellhop.Features.RealAddresses;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop;

/// <summary>Lists all background work: the kinds of jobs, and the tasks that run every hour.</summary>
internal static class BackgroundJobs
{
    public static IServiceCollection AddBackgroundJobs(this IServiceCollection services) =>
        services
            .AddSingleton(BulkJobs.Result)
            .AddSingleton(PairRun.Result)
            .AddSingleton(BulkJobs.Deletion)
            .AddSingleton(BulkJobs.Change)
            .AddSingleton(ReverseBulk.Handler)
            .AddSingleton(ReverseBulk.Recurring)
            .AddSingleton(FindDuplicates.Handler)
            .AddSingleton(FindDuplicates.Recurring)
            .AddSingleton(SweepDuplicates.Handler)
            .AddSingleton(MergePairs.Handler)
            .AddSingleton(SplitPairs.Handler)
            .AddExports()
            .AddSingleton(ImportJob.Handler)
            .AddSingleton(ReverseImport.Handler)
            .AddSingleton(ForgetImports.Recurring)
            .AddSingleton(ConvertBookings.Handler)
            .AddSingleton(WriteBookingTexts.Handler)
            .AddSingleton(RollLast.Handler)
            .AddSingleton(DeleteTag.Handler)
            .AddSingleton(ReadHooks.Handler)
            .AddSingleton(MoveConversations.Handler)
            .AddSingleton(s => s.GetRequiredService<FetchMedia>().Handler)
            .AddSingleton(s => s.GetRequiredService<DeleteMedia>().Handler)
            .AddSingleton(s => s.GetRequiredService<DeleteMedia>().Recurring)
            .AddSingleton(ReadReservations.Handler)
            .AddSingleton<PullReservations>()
            .AddSingleton(s => s.GetRequiredService<PullReservations>().Handler)
            .AddSingleton(PullReservations.Recurring)
            .AddSingleton<MailAddressCode>()
            .AddSingleton(s => s.GetRequiredService<MailAddressCode>().Handler)
            .AddSingleton(ReadHooks.Recurring)
            .AddSingleton(s => s.GetRequiredService<CheckConnections>().Handler)
            .AddSingleton(s => s.GetRequiredService<CheckConnections>().Subscriber)
            .AddSingleton(CheckConnections.Recurring)
            .AddSingleton(s => s.GetRequiredService<RefreshTemplatesJob>().Handler)
            .AddSingleton(FillCountries.Handler)
            .AddSingleton(RollLast.Recurring)
            .AddSingleton(s => s.GetRequiredService<MailInvitation>().Handler)
            .AddSingleton(s => s.GetRequiredService<MailRecovery>().Handler)
            .AddSingleton(s => s.GetRequiredService<MailRecovered>().Handler)
            .AddSingleton(s => s.GetRequiredService<MailEmailLink>().Handler)
            .AddSingleton(ForgetSessions.Recurring)
            .AddSingleton(WebhookDeliveries.Forget)
            .AddSingleton(s => s.GetRequiredService<SendNotice>().MailHandler)
            .AddSingleton(s => s.GetRequiredService<SendNotice>().PushHandler)
            .AddSingleton(TellOfDueNotes.Recurring)
            .AddSingleton(TellOfDueNotes.Forget)
            .AddSingleton(TellOfLongWaits.Handler)
            .AddSingleton(s => FetchRates.Recurring(s.GetRequiredService<IConfiguration>()))
            .AddSingleton(RecurringTasks.ForgetJobs)
            .AddSingleton(ForgetIdempotentResponses.Recurring)
            .AddHostedService<JobRunner>()
            .AddHostedService<RecurringTasks>();
}

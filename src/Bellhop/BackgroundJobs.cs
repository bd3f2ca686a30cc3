using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Imports;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop;

/// <summary>Lists all background work: the kinds of jobs, and the tasks that run every hour.</summary>
internal static class BackgroundJobs
{
    public static IServiceCollection AddBackgroundJobs(this IServiceCollection services) =>
        services
            .AddSingleton(BulkJobs.Deletion)
            .AddSingleton(BulkJobs.Change)
            .AddSingleton(ReverseBulk.Handler)
            .AddSingleton(ReverseBulk.Recurring)
            .AddExports()
            .AddSingleton(ImportJob.Handler)
            .AddSingleton(ReverseImport.Handler)
            .AddSingleton(ForgetImports.Recurring)
            .AddSingleton(ConvertBookings.Handler)
            .AddSingleton(WriteBookingTexts.Handler)
            .AddSingleton(RollLast.Handler)
            .AddSingleton(DeleteTag.Handler)
            .AddSingleton(RollLast.Recurring)
            .AddSingleton(ForgetSessions.Recurring)
            .AddSingleton(RecurringTasks.ForgetJobs)
            .AddSingleton(ForgetIdempotentResponses.Recurring)
            .AddHostedService<JobRunner>()
            .AddHostedService<RecurringTasks>();
}

using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Imports;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop;

/// <summary>Background work's table of contents: what jobs may ask for, and what is looked after every hour.</summary>
internal static class Works
{
    public static IServiceCollection AddWorks(this IServiceCollection services) => services
        .AddSingleton(BulkJobs.Deletion)
        .AddSingleton(BulkJobs.Change)
        .AddSingleton(ReverseBulk.Work)
        .AddSingleton(ReverseBulk.Chore)
        .AddExports()
        .AddSingleton(ImportWork.Work)
        .AddSingleton(ReverseImport.Work)
        .AddSingleton(ForgetImports.Chore)
        .AddSingleton(ConvertBookings.Work)
        .AddSingleton(RollLast.Work)
        .AddSingleton(DeleteTag.Work)
        .AddSingleton(RollLast.Chore)
        .AddSingleton(ForgetSessions.Chore)
        .AddSingleton(Upkeep.ForgetJobs)
        .AddSingleton(ForgetAnswers.Chore)
        .AddHostedService<JobRunner>()
        .AddHostedService<Upkeep>();
}

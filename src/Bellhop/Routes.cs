using Bellhop.Features.Audit;
using Bellhop.Features.Bookings;
using Bellhop.Features.ChannelManagers;
using Bellhop.Features.Channels;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Contacts.Views;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Imports;
using Bellhop.Features.Inbox;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Notes;
using Bellhop.Features.Notices;
using Bellhop.Features.Profile;
using Bellhop.Features.Properties;
using Bellhop.Features.RealAddresses;
using Bellhop.Features.Reports;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Features.Today;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop;

/// <summary>Lists the REST API: each feature maps its own routes.</summary>
internal static class Routes
{
    /// <summary>Maps everything under <c>/api/v1</c>. Call it after authentication is added and before the program runs.</summary>
    public static void MapBellhopApi(this WebApplication app)
    {
        var api = app.MapApi().AddEndpointFilter(new FollowMerged());
        api.MapToday();
        api.MapContacts();
        api.MapMerges();
        api.MapDuplicates();
        api.MapSegments();
        api.MapImports();
        api.MapLoyalty();
        api.MapNotes();
        api.MapTags();
        api.MapBookings();
        api.MapRealAddresses();
        api.MapReviews();
        api.MapConnections();
        api.MapManagedConnections();
        api.MapInbox();
        api.MapWriting();
        api.MapReports();
        api.MapProfile();
        api.MapProperties();
        api.MapAudit();
        api.MapJobs();
        api.MapTeam();
        api.MapWebhooks();
        api.MapMe();
        api.MapNotices();
        api.MapApprovals();
        api.MapViews();
    }
}

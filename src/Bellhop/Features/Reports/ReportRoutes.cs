using Bellhop.Platform.Web;

namespace Bellhop.Features.Reports;

internal static class ReportRoutes
{
    public static void MapReports(this RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports
            .MapGet("/bookings", ReportBookings.Run)
            .WithQuery(ReportQuery.WithBy)
            .WithName("ReportBookings")
            .WithSummary("Bookings, nights and revenue by month, source or property of arrival");
        reports
            .MapGet("/bookings.csv", ReportCsv.Bookings)
            .WithQuery(ReportQuery.WithBy)
            .WithName("ReportBookingsFile")
            .WithSummary("The same as a file")
            .Produces(200, contentType: "text/csv");
        reports
            .MapGet("/guests", ReportGuests.Run)
            .WithQuery(ReportQuery.Parameters)
            .WithName("ReportGuests")
            .WithSummary("New against returning guests by month, and their average lifetime value");
        reports
            .MapGet("/guests.csv", ReportCsv.Guests)
            .WithQuery(ReportQuery.Parameters)
            .WithName("ReportGuestsFile")
            .WithSummary("The same as a file")
            .Produces(200, contentType: "text/csv");
    }
}

using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Reports;

/// <summary>All reports for the same days and properties, from one reading of the data.</summary>
public static class SeeReports
{
    public sealed record Result(
        ReportBookings.Result Months,
        ReportBookings.Result Sources,
        ReportBookings.Result Properties,
        ReportGuests.Result Guests
    );

    /// <param name="query">Its grouping is ignored.</param>
    /// <exception cref="Refusal">403 without reports.view; 400 for a parameter with a wrong value; 404 for a property that the actor does
    /// not see.</exception>
    public static async Task<Result> Run(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ReportsView);
        var scope = await ReportScope.Of(query, who, db, cancel);
        var days = await ReportDays.Read(scope, db, cancel);
        return new(
            await ReportBookings.Of(ReportBy.Month, scope, days, db, cancel),
            await ReportBookings.Of(ReportBy.Source, scope, days, db, cancel),
            await ReportBookings.Of(ReportBy.Property, scope, days, db, cancel),
            await ReportGuests.Of(scope, days, db, cancel)
        );
    }
}

using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts.Export;

internal static class ExportRoutes
{
    /// <param name="contacts">The group of <c>/contacts</c>.</param>
    public static void MapExports(this RouteGroupBuilder contacts)
    {
        contacts
            .MapGet("/export", ExportContacts.Run)
            .WithName("ExportContacts")
            .WithSummary("The filtered list as a CSV file, streamed")
            .WithQuery(ExportRequest.Parameters)
            .Produces(200, contentType: "text/csv");
        contacts
            .MapPost("/exports", StartExport.Run)
            .WithName("StartExport")
            .Needs(Permission.ContactsImportExport)
            .WithSummary("The same as a file written in the background, kept for a day");
        contacts.MapGet("/exports/{id}", GetExport.Run).WithName("GetExport").WithSummary("How far an export in the background has got");
        contacts
            .MapGet("/exports/{id}/file", FetchExport.Run)
            .WithName("FetchExport")
            .WithSummary("Its file, for whoever asked for it")
            .Produces(200, contentType: "text/csv");
    }

    public static IServiceCollection AddExports(this IServiceCollection services) =>
        services
            .AddSingleton<RunningExports>()
            .AddSingleton(s =>
                WriteExport.Handler(
                    s.GetRequiredService<Platform.DataFolder>(),
                    s.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.BellhopDb>>()
                )
            )
            .AddSingleton(s => ForgetExports.Recurring(s.GetRequiredService<Platform.DataFolder>()));
}

using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Imports;

public static class ImportRoutes
{
    /// <summary>The setting for the largest allowed file, in bytes.</summary>
    public const string MostBytes = "Limits:ImportBytes";

    public static void MapImports(this RouteGroupBuilder api)
    {
        var most = ((IEndpointRouteBuilder)api)
            .ServiceProvider.GetRequiredService<IConfiguration>()
            .GetValue(MostBytes, ReceiveImport.UsualMost);
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports
            .MapGet("/", ListImports.Run)
            .WithQuery(Platform.PageQuery.Names)
            .WithName("ListImports")
            .WithSummary("Imports and rehearsals, newest first");
        imports
            .MapPost("/", ReceiveImport.Run)
            .WithBodyLimit(most + (1024 * 1024))
            .WithFile(ImportUpload.Known)
            .WithName("ReceiveImport")
            .Needs(Permission.ContactsImportExport)
            .WithSummary("Takes a file of guests (multipart), CSV or vCard, and queues the work on it");
        imports.MapGet("/{id}", GetImport.Run).WithName("GetImport").WithSummary("How far an import has got, or what came of it");
        imports
            .MapPost("/{id}/start", PrepareImport.Run)
            .WithName("PrepareImport")
            .Needs(Permission.ContactsImportExport)
            .WithSummary("Runs or rehearses a draft, or a file that was rehearsed, with other columns and options");
        imports
            .MapGet("/{id}/errors", ListImportErrors.Run)
            .WithName("ListImportErrors")
            .WithSummary("The refused rows as CSV, with their reasons")
            .Produces(200, contentType: "text/csv");
        imports
            .MapPost("/{id}/cancellation", CancelImport.Run)
            .WithName("CancelImport")
            .Needs(Permission.ContactsImportExport)
            .WithSummary("Stops an import; what is in stays in");
        imports
            .MapPost("/{id}/resumption", ResumeImport.Run)
            .WithName("ResumeImport")
            .Needs(Permission.ContactsImportExport)
            .WithSummary("Goes on with an import whose starter may not any more, under the caller's rights");
        imports
            .MapPost("/{id}/reversal", ReverseImport.Run)
            .WithName("ReverseImport")
            .Needs(Permission.ContactsImportExport)
            .WithSummary("Takes a whole import back, but for guests who were changed since");
    }
}

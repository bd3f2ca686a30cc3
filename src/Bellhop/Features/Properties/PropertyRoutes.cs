using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Properties;

internal static class PropertyRoutes
{
    public static void MapProperties(this RouteGroupBuilder api)
    {
        var properties = api.MapGroup("/properties").WithTags("Properties");
        properties
            .MapGet("/", ListProperties.Run)
            .WithQuery(PageQuery.Names)
            .WithName("ListProperties")
            .WithSummary("The properties you see, by name");
        properties.MapPost("/", AddProperty.Run).WithName("AddProperty").Needs(Permission.SettingsManage).WithSummary("A further property");
        properties.MapGet("/{id}", GetProperty.Run).WithName("GetProperty").WithSummary("One property");
        properties
            .MapPatch("/{id}", ChangeProperty.Run)
            .WithName("ChangeProperty")
            .Needs(Permission.SettingsManage)
            .WithSummary(
                "Changes name, currency, time zone, country, opening hours or the pages that may embed its booking form, by merge patch"
            );

        var rates = api.MapGroup("/rates").WithTags("Rates");
        rates.MapGet("/", ListRates.Run).WithQuery(PageQuery.Names).WithName("ListRates").WithSummary("Exchange rates, newest day first");
        rates
            .MapPut("/", SetRate.Put)
            .Produces<RateRow>(201)
            .WithName("PutRate")
            .Needs(Permission.SettingsManage)
            .WithSummary("Sets a rate, with day and pair in the body");
        rates
            .MapPost("/imports", ImportRates.Receive)
            .WithBodyLimit(EcbFile.MostBytes + (64 * 1024))
            .WithFile("from", "dryRun")
            .WithName("ImportRates")
            .Needs(Permission.SettingsManage)
            .WithSummary("Adds the rates of a file of the European Central Bank (multipart); with dryRun, says what it would add");
        rates.MapGet("/{date}/{from}/{to}", GetRate.Run).WithName("GetRate").WithSummary("One rate");
        rates
            .MapPut("/{date}/{from}/{to}", SetRate.Run)
            .Produces<RateRow>(201)
            .WithName("SetRate")
            .Needs(Permission.SettingsManage)
            .WithSummary("Sets the rate of a pair from a day on");
        rates.MapDelete("/{date}/{from}/{to}", DeleteRate.Run).WithName("DeleteRate").WithSummary("Takes a rate back");

        var organization = api.MapGroup("/organization").WithTags("Organization");
        organization.MapGet("/", GetOrganization.Run).WithName("GetOrganization").WithSummary("The organisation you work in");
        organization
            .MapPatch("/", ChangeOrganization.Run)
            .WithName("ChangeOrganization")
            .Needs(Permission.SettingsManage)
            .WithSummary("Changes name, currency, time zone, public address or colour by merge patch");
        organization
            .MapGet("/logo", GetLogo.Run)
            .WithQuery("v")
            .WithName("GetLogo")
            .WithSummary("The organisation's logo")
            .Produces(200, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status404NotFound);
        organization
            .MapPut("/logo", ChangeLogo.Receive)
            .WithBodyLimit(LogoPicture.MostBytes + (64 * 1024))
            .WithFile()
            .WithName("ChangeLogo")
            .Needs(Permission.SettingsManage)
            .WithSummary("Sets the logo from a PNG (multipart), which is written anew");
        organization.MapDelete("/logo", RemoveLogo.Run).WithName("RemoveLogo").WithSummary("Removes the logo");
    }
}

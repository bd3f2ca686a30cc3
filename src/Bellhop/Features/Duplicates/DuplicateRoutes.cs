using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Duplicates;

public static class DuplicateRoutes
{
    public static void MapDuplicates(this RouteGroupBuilder api)
    {
        var pairs = api.MapGroup("/contacts/duplicates").WithTags("Contacts");
        pairs
            .MapGet("/", ListDuplicates.Run)
            .WithQuery(ListDuplicates.Query.Parameters)
            .WithName("ListDuplicates")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Pairs of guests that may be one, the likeliest first");
        pairs
            .MapPost("/sweeps", SweepDuplicates.Run)
            .WithName("SweepDuplicates")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Compares all guests anew, as background work: 202 with the job");
        pairs
            .MapPost("/{id}/dismissal", DismissDuplicate.Run)
            .WithName("DismissDuplicate")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Not the same person: remembered, and asked again only when something new speaks for it");
        pairs
            .MapDelete("/{id}/dismissal", UndoDismissal.Run)
            .WithName("UndoDismissal")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Takes back that two guests are not the same person");
    }
}

using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Duplicates;

public static class MergeRoutes
{
    public static void MapMerges(this RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts
            .MapGet("/{id}/merges/preview", PreviewMerge.Run)
            .WithName("PreviewMerge")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Two guests side by side, and what a merge would make of them")
            .WithQuery("from");
        contacts
            .MapPost("/{id}/merges", MergeContacts.Run)
            .WithName("MergeContacts")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Makes one guest of two; the other's id leads to this one from then on");
        var merges = api.MapGroup("/merges").WithTags("Contacts");
        merges
            .MapGet("/{id}", SeeMerge.Run)
            .WithName("GetMerge")
            .Needs(Permission.ContactsEdit)
            .WithSummary("A merge, with what a person must decide before a split");
        merges
            .MapDelete("/{id}", SplitContacts.Run)
            .WithName("SplitContacts")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Takes a merge back: two guests again, each with what it had");
    }
}

using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Tags;

internal static class TagRoutes
{
    public static void MapTags(this RouteGroupBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("Tags");
        tags.MapGet("/", ListTags.Run).WithQuery("limit", "cursor").WithName("ListTags").WithSummary("The organisation's tags, by name");
        tags.MapPost("/", AddTag.Run).WithName("AddTag").Needs(Permission.ContactsEdit).WithSummary("A new tag");
        tags.MapGet("/{id}", GetTag.Run).WithName("GetTag").WithSummary("One tag");
        tags.MapPatch("/{id}", ChangeTag.Run)
            .WithName("ChangeTag")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Changes name or color by merge patch");
        tags.MapDelete("/{id}", DeleteTag.Run).WithName("DeleteTag").WithSummary("Deletes a tag, and takes it from everybody who has it");
        tags.MapPost("/{id}/merges", MergeTags.Run)
            .WithName("MergeTags")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Whoever has the other tag gets this one; the other is gone");

        var contact = api.MapGroup("/contacts/{id}/tags").WithTags("Tags");
        contact
            .MapPut("/{name}", TagContact.Run)
            .WithName("TagContact")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Labels a guest; a new tag is made on the spot");
        contact.MapDelete("/{name}", UntagContact.Run).WithName("UntagContact").WithSummary("Takes a label off a guest");
    }
}

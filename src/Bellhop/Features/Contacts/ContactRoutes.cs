using System.Text.Json.Serialization.Metadata;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

public static class ContactRoutes
{
    /// <summary>Lets the API read the declared details of guests.</summary>
    public static void AddContacts(this WebApplicationBuilder builder) =>
        builder.Services.ConfigureHttpJsonOptions(o =>
            o.SerializerOptions.TypeInfoResolver = o.SerializerOptions.TypeInfoResolver!.WithAddedModifier(TypedDetails.AddMembers)
        );

    public static void MapContacts(this RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts
            .MapGet("/", ListContacts.Run)
            .WithName("ListContacts")
            .WithSummary("A page of the guest list: filtered, sorted, newest first by default")
            .WithQuery(ListContacts.Query.Parameters);
        contacts
            .MapGet("/summary", SummarizeContacts.Run)
            .WithName("SummarizeContacts")
            .WithSummary("The four cards, over the filters of the list")
            .WithQuery(FilterConditions.OfApiDescribed);
        contacts
            .MapPost("/", AddContact.Run)
            .WithName("AddContact")
            .Needs(Permission.ContactsEdit)
            .WithSummary("A guest added by hand; a known phone is a 409 with its contact");
        contacts
            .MapPost("/bulk", BulkContacts.Run)
            .WithName("BulkContacts")
            .Needs(Permission.ContactsEdit, Permission.ContactsDelete)
            .WithSummary("One action on many contacts, by ids or by the list's filter");
        contacts
            .MapPost("/bulk/{id}/reversal", ReverseBulk.Run)
            .WithName("ReverseBulk")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Takes an action on many contacts back, where nobody has changed the same since");
        contacts.MapExports();
        contacts.MapGet("/{id}", GetContact.Run).WithName("GetContact").WithSummary("One guest");
        contacts
            .MapPatch("/{id}", EditContact.Run)
            .WithName("EditContact")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Corrects name, phone, e-mail or property by merge patch");
        contacts
            .MapDelete("/{id}", DeleteContact.Run)
            .WithName("DeleteContact")
            .WithSummary("Deletes the guest for good; bookings stay without the person");
    }
}

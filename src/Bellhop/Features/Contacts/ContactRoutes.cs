namespace Bellhop.Features.Contacts;

public static class ContactRoutes
{
    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapGet("/", ListContacts.Run).WithName("ListContacts").WithSummary("A page of the guest list: filtered, sorted, newest first by default");
        contacts.MapGet("/summary", SummarizeContacts.Run).WithName("SummarizeContacts").WithSummary("The four cards, over the filters of the list");
    }
}

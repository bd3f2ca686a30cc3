using Bellhop.Platform;

namespace Bellhop.Features.Webhooks;

/// <summary>A kind of news that an endpoint can ask for.</summary>
/// <param name="Name">As receivers read it.</param>
/// <param name="Kind">What it is about: its body is this, as the API shows it.</param>
/// <param name="Needs">Who makes an endpoint for it must have this permission, since its body shows what the permission opens.</param>
/// <param name="Actions">The actions of the audit log that are this news.</param>
public sealed record WebhookEvent(string Name, WebhookKind Kind, Permission Needs, params IReadOnlyList<string> Actions)
{
    public const string ContactCreated = "contact.created";
    public const string ContactDeleted = "contact.deleted";
    public const string ContactMerged = "contact.merged";

    /// <summary>What a test sends. No endpoint asks for it.</summary>
    public const string Test = "webhook.test";

    /// <summary>All that endpoints can ask for. A new kind of news is one line here.</summary>
    public static readonly IReadOnlyList<WebhookEvent> All =
    [
        new(ContactCreated, WebhookKind.Contact, Permission.ContactsView, "contact.created", "contact.restored"),
        new(
            "contact.updated",
            WebhookKind.Contact,
            Permission.ContactsView,
            "contact.updated",
            "contact.becameKnown",
            "contact.merged",
            "contact.split"
        ),
        new(ContactMerged, WebhookKind.Contact, Permission.ContactsView, "contact.mergedAway"), // about the id that leads elsewhere now
        new(ContactDeleted, WebhookKind.Contact, Permission.ContactsView), // the follower hears of it before the contact is gone
        new("booking.created", WebhookKind.Booking, Permission.BookingsView, "booking.created"),
        new(
            "booking.updated",
            WebhookKind.Booking,
            Permission.BookingsView,
            "booking.updated",
            "booking.guestConfirmed",
            "payment.created",
            "payment.deleted"
        ),
        new("review.created", WebhookKind.Review, Permission.BookingsView, "review.created"),
    ];

    private static readonly Dictionary<string, WebhookEvent> ByAction = All.SelectMany(e => e.Actions.Select(a => (Action: a, Event: e)))
        .ToDictionary(e => e.Action, e => e.Event, StringComparer.Ordinal);

    /// <summary>The news with this name; null if there is none.</summary>
    public static WebhookEvent? Find(string name) => All.FirstOrDefault(e => e.Name == name);

    /// <summary>The news that an action of the audit log is; null if it is none.</summary>
    internal static WebhookEvent? Of(string action) => ByAction.GetValueOrDefault(action);
}

/// <summary>What news can be about.</summary>
public enum WebhookKind
{
    Contact,
    Booking,
    Review,
}

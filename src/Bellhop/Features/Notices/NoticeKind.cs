using Bellhop.Platform;

namespace Bellhop.Features.Notices;

/// <summary>A kind of notice, which each person may switch off for themselves.</summary>
/// <param name="Name">As the API and the database name it.</param>
/// <param name="Needs">Who lacks this permission sees no notice of the kind.</param>
public sealed record NoticeKind(string Name, Permission Needs)
{
    /// <summary>A colleague named the person in a note.</summary>
    public static readonly NoticeKind Mentioned = new("mentioned", Permission.ContactsView);

    /// <summary>Something is to be done by today, by a note that the person wrote or is named in.</summary>
    public static readonly NoticeKind NoteDue = new("noteDue", Permission.ContactsView);

    /// <summary>A file of guests that the person started is in, or has failed.</summary>
    public static readonly NoticeKind ImportFinished = new("importFinished", Permission.ContactsImportExport);

    /// <summary>A webhook was paused, because it kept failing.</summary>
    public static readonly NoticeKind EndpointPaused = new("endpointPaused", Permission.SettingsManage);

    /// <summary>A colleague gave the person a conversation.</summary>
    public static readonly NoticeKind Assigned = new("assigned", Permission.ConversationsView);

    /// <summary>A guest waits for an answer in a conversation that the person has.</summary>
    public static readonly NoticeKind Waiting = new("waiting", Permission.ConversationsView);

    /// <summary>A guest waits longer than <see cref="TellOfLongWaits.Limit"/>, and it is the person's to answer or nobody's yet.</summary>
    public static readonly NoticeKind WaitingTooLong = new("waitingTooLong", Permission.ConversationsReply);

    /// <summary>A provider no longer accepts our access, or no longer sends us what guests write.</summary>
    public static readonly NoticeKind ConnectionFailing = new("connectionFailing", Permission.SettingsManage);

    /// <summary>All, as the settings list them. A new kind is one line above and one here, and its cause in the follower.</summary>
    public static readonly IReadOnlyList<NoticeKind> All =
    [
        Mentioned,
        NoteDue,
        Assigned,
        Waiting,
        WaitingTooLong,
        ImportFinished,
        EndpointPaused,
        ConnectionFailing,
    ];
}

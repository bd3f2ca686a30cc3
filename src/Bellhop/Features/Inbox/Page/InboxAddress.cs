using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Inbox;

/// <summary>The tabs of the inbox.</summary>
public enum InboxTab
{
    Open,
    Mine,
    Unassigned,
    Snoozed,
    Closed,
    All,
}

/// <summary>The address of the inbox. It holds everything that a person chose, so that a link shows the same and Back works.</summary>
/// <param name="Tab">What was chosen; null for the usual one.</param>
/// <param name="Q">Words of a guest's name or of a message.</param>
/// <param name="Open">The conversation that is open.</param>
public sealed record InboxAddress(
    InboxTab? Tab = null,
    IReadOnlyList<AccountKind>? Channels = null,
    IReadOnlyList<Guid>? PropertyIds = null,
    bool Waiting = false,
    bool InHouse = false,
    bool Agents = false,
    bool Newest = false,
    string? Q = null,
    Guid? Open = null
)
{
    public const string Path = "/inbox";
    private const int QueryMax = 200;

    /// <summary>Without a choice, a search looks everywhere and the list shows what is open.</summary>
    public InboxTab Shown => Tab ?? (Q is null ? InboxTab.Open : InboxTab.All);

    /// <summary>How many filters narrow the list, beside the tab, the search and the property.</summary>
    public int Narrowed => (Channels?.Count ?? 0) + (Waiting ? 1 : 0) + (InHouse ? 1 : 0) + (Agents ? 1 : 0);

    /// <summary>The address of the list alone.</summary>
    public InboxAddress List => this with { Open = null };

    /// <summary>Reads an address. What cannot be read is left out, because people edit addresses.</summary>
    public static InboxAddress Read(string uri)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(new Uri(uri).Query));
        var read = new QueryReading(query, new ValidationErrors());
        List<AccountKind> channels = [.. query["channel"].Select(c => AccountKinds.Find(c ?? "")).OfType<AccountKind>().Distinct()];
        return new(
            read.OneOf<InboxTab>("tab", Name),
            channels.Count == 0 ? null : channels,
            read.Ids("propertyId"),
            read.YesNo("waiting") ?? false,
            read.YesNo("inHouse") ?? false,
            read.One("handledBy") == "agent",
            read.One("sort") == "-last",
            read.Text("q", QueryMax),
            Guid.TryParse(new Uri(uri).AbsolutePath.TrimEnd('/').Split('/')[^1], out var open) ? open : null
        );
    }

    /// <summary>The address, from the site's root.</summary>
    public string Write()
    {
        List<string> parts = [];
        if (Tab is { } tab)
        {
            parts.Add("tab=" + Name(tab));
        }

        parts.AddRange((Channels ?? []).Select(c => "channel=" + AccountKinds.Name(c)));
        parts.AddRange((PropertyIds ?? []).Select(p => "propertyId=" + p));
        parts.AddRange(
            new[]
            {
                Waiting ? "waiting=true" : null,
                InHouse ? "inHouse=true" : null,
                Agents ? "handledBy=agent" : null,
                Newest ? "sort=-last" : null,
                Q is null ? null : "q=" + Uri.EscapeDataString(Q),
            }.OfType<string>()
        );
        var path = Open is { } open ? $"{Path}/{open:D}" : Path;
        return parts.Count == 0 ? path : path + "?" + string.Join('&', parts);
    }

    /// <summary>Which conversations the list asks for.</summary>
    public ConversationFilter Filter(Actor who) =>
        new(
            Shown switch
            {
                InboxTab.Snoozed => ConversationState.Snoozed,
                InboxTab.Closed => ConversationState.Closed,
                InboxTab.All => null,
                _ => ConversationState.Open,
            },
            Channels,
            PropertyIds,
            Shown == InboxTab.Mine ? who.Id : null,
            Waiting ? true : null,
            InHouse ? true : null,
            Agents ? Handler.Agent : null,
            Q,
            Newest || Shown is InboxTab.Closed or InboxTab.All
        )
        {
            Unassigned = Shown == InboxTab.Unassigned,
        };

    public static bool IsHere(string uri) =>
        new Uri(uri).AbsolutePath is var path && (path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal));

    private static string Name(InboxTab tab) => tab.ToString().ToLowerInvariant();
}

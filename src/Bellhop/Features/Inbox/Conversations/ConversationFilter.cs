using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Channels;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Which conversations a list asks for, and in which order.</summary>
/// <param name="InHouse">Only guests who are in house today; false: only others.</param>
/// <param name="Q">Words of a guest's name or of a message.</param>
/// <param name="Newest">The newest first; else who waits longest first, and last who does not wait.</param>
public sealed record ConversationFilter(
    ConversationState? State = null,
    IReadOnlyList<AccountKind>? Channels = null,
    IReadOnlyList<Guid>? PropertyIds = null,
    Guid? AssigneeId = null,
    bool? Waiting = null,
    bool? InHouse = null,
    Handler? HandledBy = null,
    string? Q = null,
    bool Newest = false
)
{
    private const int QueryMax = 200;

    internal static string[] Parameters { get; } =
    ["state", "channel*", "propertyId*", "assigneeId", "waiting", "inHouse", "handledBy", "q", "sort"];

    internal ValidationErrors? Wrong { get; init; }

    /// <summary>Only those that nobody has, as the page asks for them.</summary>
    internal bool Unassigned { get; init; }

    internal static ConversationFilter Read(IQueryCollection query, ValidationErrors errors)
    {
        var read = new QueryReading(query, errors);
        return new(
            read.OneOf<ConversationState>("state", s => s.ToString().ToLowerInvariant()),
            ReadChannels(query, errors),
            read.Ids("propertyId"),
            read.Id("assigneeId"),
            read.YesNo("waiting"),
            read.YesNo("inHouse"),
            read.OneOf<Handler>("handledBy", h => h.ToString().ToLowerInvariant()),
            read.Text("q", QueryMax),
            ReadNewest(read, errors)
        );
    }

    /// <summary>The text that binds a cursor to this filter.</summary>
    internal string Binding =>
        string.Join(
            '/',
            State,
            string.Join(',', Channels ?? []),
            string.Join(',', PropertyIds ?? []),
            AssigneeId,
            Waiting,
            InHouse,
            HandledBy,
            Newest,
            Unassigned,
            Q
        );

    /// <summary>The conditions on the conversations <c>c</c>, each after its AND; without the words that are sought.</summary>
    internal async Task<Sql> Where(Actor who, BellhopDb db, CancellationToken cancel)
    {
        List<Sql> parts = [Sql.AndIn($"c.property_id", await VisibleProperties.Of(PropertyIds, who, db, cancel))];
        var now = db.Now;
        if (State is { } state)
        {
            parts.Add(
                state switch
                {
                    ConversationState.Open => IsOpen(now),
                    ConversationState.Snoozed => IsSnoozed(now),
                    _ => $" AND c.state = 'Closed'",
                }
            );
        }

        if (Channels is { Count: > 0 })
        {
            parts.Add($" AND {db.Dialect.Among($"c.channel", [.. Channels.Select(c => c.ToString())])}");
        }

        if (AssigneeId is { } assignee)
        {
            parts.Add($" AND c.assignee_id = {assignee}");
        }

        if (Unassigned)
        {
            parts.Add($" AND c.assignee_id IS NULL");
        }

        if (Waiting is { } waits)
        {
            parts.Add($" AND c.waiting_empty = {(waits ? 0 : 1)}");
        }

        if (HandledBy is { } handler)
        {
            parts.Add($" AND c.handled_by = {handler.ToString()}");
        }

        if (InHouse is { } isInHouse)
        {
            var guests = Bookings.InHouse.Guests(db.Dialect, who.OrganizationId, await Todays(who, db, cancel));
            Sql there = $"c.contact_id IN ({guests})";
            parts.Add(isInHouse ? Sql.Of($" AND {there}") : $" AND (c.contact_id IS NULL OR NOT {there})");
        }

        return Sql.Join("", parts);
    }

    /// <summary>The indexes of what is not closed are made for these very words.</summary>
    internal static Sql IsOpen(DateTime now) => $" AND c.state <> 'Closed' AND (c.state = 'Open' OR c.snoozed_until <= {now})";

    internal static Sql IsSnoozed(DateTime now) =>
        $" AND c.state <> 'Closed' AND c.state = 'Snoozed' AND (c.snoozed_until IS NULL OR c.snoozed_until > {now})";

    private static async Task<IEnumerable<(Guid Id, DateOnly Today)>> Todays(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var places = await db.Read(
            $"SELECT id, time_zone FROM properties WHERE organization_id = {who.OrganizationId}{Sql.AndIn($"id", who.Properties)}",
            row => (Id: row.Id(), Zone: row.Text()),
            cancel
        );
        return places.Select(p => (p.Id, now.DayIn(Clock.Zone(p.Zone) ?? TimeZoneInfo.Utc)));
    }

    private static List<AccountKind>? ReadChannels(IQueryCollection query, ValidationErrors errors)
    {
        var kinds = new List<AccountKind>();
        foreach (var name in query["channel"])
        {
            if (AccountKinds.Find(name ?? "") is not { } kind)
            {
                errors.Add("channel", "OneOf", string.Join(", ", Enum.GetValues<AccountKind>().Select(AccountKinds.Name)));
                return null;
            }

            kinds.Add(kind);
        }

        return kinds.Count == 0 ? null : [.. kinds.Distinct()];
    }

    private static bool ReadNewest(QueryReading read, ValidationErrors errors)
    {
        switch (read.One("sort"))
        {
            case null or "waiting":
                return false;
            case "-last":
                return true;
            default:
                errors.Add("sort", "OneOf", "waiting, -last");
                return false;
        }
    }
}

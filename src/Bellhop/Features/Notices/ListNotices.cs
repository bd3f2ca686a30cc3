using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Imports;
using Bellhop.Features.Inbox;
using Bellhop.Features.Intake;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>A notice as the API and the bell show it.</summary>
/// <param name="Kind">A name of <see cref="NoticeKind.All"/>.</param>
/// <param name="Seen">Whether the person has marked it as seen.</param>
/// <param name="Subject">What it is about.</param>
public sealed record NoticeRow(Guid Id, string Kind, DateTime At, bool Seen, NoticeSubject Subject);

/// <param name="Kind">What to open: <c>contact</c>, <c>conversation</c>, <c>import</c>, <c>connection</c> or
/// <c>webhookEndpoint</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">The guest's name, the file's or connection's name or the address; null for a guest without a name.</param>
public sealed record NoticeSubject(string Kind, Guid Id, string? Name)
{
    /// <summary>The page that shows it.</summary>
    [JsonIgnore]
    public string Address =>
        Kind switch
        {
            "contact" => $"/contacts/{Id}",
            "conversation" => $"/inbox/{Id}",
            "import" => $"/contacts/imports/{Id}",
            "connection" => $"/settings/connections?connection={Id}",
            _ => $"/settings/webhooks?endpoint={Id}",
        };
}

/// <summary>A person's notices, newest first. Those whose subject the person may no longer see are left out.</summary>
public static class ListNotices
{
    /// <summary>Older ones are not shown.</summary>
    private const int Most = 300;

    /// <param name="Unseen">Only new ones.</param>
    public sealed record Query(bool Unseen, PageQuery Page)
    {
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var page = PageQuery.Read(http.Request.Query, errors, "unseen");
            return ValueTask.FromResult<Query?>(new(new QueryReading(http.Request.Query, errors).YesNo("unseen") ?? false, page));
        }
    }

    /// <exception cref="Refusal">403 for a key; 400.</exception>
    public static async Task<Page<NoticeRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        var all = await All(who, db, cancel);
        return query.Page.Of(all.Where(n => !query.Unseen || !n.Seen), $"notices {who.Id} {query.Unseen}", NewestFirst, who, cursors);
    }

    /// <summary>All that the person may see.</summary>
    /// <param name="only">Only this one; null for all.</param>
    internal static async Task<IReadOnlyList<NoticeRow>> All(Actor who, BellhopDb db, CancellationToken cancel, Guid? only = null)
    {
        SeeMe.Demand(who);
        var mine = await db
            .Notices.AsNoTracking()
            .Where(n => n.OrganizationId == who.OrganizationId && n.UserId == who.Id && (only == null || n.Id == only))
            .OrderByDescending(n => n.At)
            .Take(Most)
            .ToListAsync(cancel);
        if (mine.Count == 0)
        {
            return [];
        }

        var seen = new Dictionary<Guid, NoticeSubject>();
        foreach (var (kind, find) in Subjects)
        {
            var ids = mine.Where(n => kind.Contains(n.Kind)).Select(n => n.SubjectId).Distinct().ToList();
            if (ids.Count > 0)
            {
                foreach (var (id, subject) in await find(ids, who, db, cancel))
                {
                    seen[id] = subject;
                }
            }
        }

        return
        [
            .. mine.Where(n => seen.ContainsKey(n.SubjectId))
                .Select(n => new NoticeRow(n.Id, n.Kind, n.At, n.SeenAt is not null, seen[n.SubjectId])),
        ];
    }

    private static string NewestFirst(NoticeRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - row.At.Ticks:D19} {row.Id:N}");

    private delegate Task<IEnumerable<(Guid Id, NoticeSubject Subject)>> FindSubjects(
        List<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    );

    /// <summary>How the subjects of some kinds are found, among what the person may see now.</summary>
    private static readonly (HashSet<string> Kinds, FindSubjects Find)[] Subjects =
    [
        ([NoticeKind.Mentioned.Name, NoticeKind.NoteDue.Name], Notes),
        ([NoticeKind.Assigned.Name, NoticeKind.Waiting.Name, NoticeKind.WaitingTooLong.Name], Conversations),
        ([NoticeKind.ImportFinished.Name], Imports),
        ([NoticeKind.EndpointPaused.Name], Endpoints),
        ([NoticeKind.ConnectionFailing.Name], Connected),
    ];

    private static async Task<IEnumerable<(Guid Id, NoticeSubject Subject)>> Notes(
        List<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        !who.Can(Permission.ContactsView)
            ? []
            : (
                await db
                    .Notes.AsNoTracking()
                    .Where(n => n.OrganizationId == who.OrganizationId && ids.Contains(n.Id))
                    .Join(
                        db.Contacts.VisibleTo(who, db.ContactsAtProperty),
                        n => new { n.OrganizationId, Id = n.ContactId },
                        c => new { c.OrganizationId, c.Id },
                        (n, c) =>
                            new
                            {
                                n.Id,
                                n.ContactId,
                                c.Name,
                            }
                    )
                    .ToListAsync(cancel)
            ).Select(n => (n.Id, new NoticeSubject("contact", n.ContactId, n.Name)));

    private static async Task<IEnumerable<(Guid Id, NoticeSubject Subject)>> Conversations(
        List<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        !who.Can(Permission.ConversationsView)
            ? []
            : (
                await db
                    .Conversations.AsNoTracking()
                    .VisibleTo(who)
                    .Where(c => ids.Contains(c.Id))
                    .Select(c => new
                    {
                        c.Id,
                        Name = db.Contacts.Where(g => g.OrganizationId == c.OrganizationId && g.Id == c.ContactId)
                            .Select(g => g.Name)
                            .FirstOrDefault()
                            ?? c.Visitor,
                    })
                    .ToListAsync(cancel)
            ).Select(c => (c.Id, new NoticeSubject("conversation", c.Id, c.Name)));

    private static async Task<IEnumerable<(Guid Id, NoticeSubject Subject)>> Imports(
        List<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        !who.Can(Permission.ContactsImportExport)
            ? []
            : (
                await db
                    .Imports.AsNoTracking()
                    .VisibleTo(who)
                    .Where(i => ids.Contains(i.Id))
                    .Select(i => new { i.Id, i.FileName })
                    .ToListAsync(cancel)
            ).Select(i => (i.Id, new NoticeSubject("import", i.Id, i.FileName)));

    private static async Task<IEnumerable<(Guid Id, NoticeSubject Subject)>> Connected(
        List<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        !who.Can(Permission.SettingsManage)
            ? []
            : (
                await db
                    .Connections.AsNoTracking()
                    .VisibleTo(who, db.ChannelAccounts)
                    .Where(c => ids.Contains(c.Id))
                    .Select(c => new { c.Id, c.Name })
                    .ToListAsync(cancel)
            ).Select(c => (c.Id, new NoticeSubject("connection", c.Id, c.Name)));

    private static async Task<IEnumerable<(Guid Id, NoticeSubject Subject)>> Endpoints(
        List<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        !who.Can(Permission.SettingsManage)
            ? []
            : (await WebhookRights.Seen(who, db, cancel))
                .Where(e => ids.Contains(e.Id))
                .Select(e => (e.Id, new NoticeSubject("webhookEndpoint", e.Id, e.Url)));
}

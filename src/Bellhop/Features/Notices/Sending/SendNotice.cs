using System.Globalization;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Notices;

/// <summary>
/// Sends a notice by mail, or to a person's devices. It says what happened and where to look, and nothing of a guest: a mail and a locked
/// screen are read by others too. What the person has seen meanwhile, or may no longer see, is not sent.
/// </summary>
internal sealed class SendNotice(
    Mailer mailer,
    PublicAddress address,
    PushKeys keys,
    OutsideHttp outside,
    IStringLocalizer<NoticeTexts> texts
)
{
    private const string MailKind = "notice.mail";
    private const string PushKind = "notice.push";

    /// <summary>A push service that is away so often is not asked any more: the notice is on the page all the same.</summary>
    private const int MostTries = 4;

    public JobHandler MailHandler => new(MailKind, SendMail);

    public JobHandler PushHandler => new(PushKind, SendPush);

    /// <summary>Queues what the person wants, in the save that writes the notice. Each device has a job of its own.</summary>
    public static async Task Queue(Notice notice, BellhopDb db, CancellationToken cancel)
    {
        var ways = await db
            .WantedNotices.Where(w => w.OrganizationId == notice.OrganizationId && w.UserId == notice.UserId && w.Kind == notice.Kind)
            .Select(w => w.Way)
            .ToListAsync(cancel);
        var system = Actor.System(notice.OrganizationId);
        if (ways.Contains(NoticeWay.Mail))
        {
            await db.Queue(system, MailKind, notice.Id.ToString(), cancel: cancel);
        }

        if (ways.Contains(NoticeWay.Push))
        {
            foreach (var id in await db.PushSubscriptions.Where(s => s.UserId == notice.UserId).Select(s => s.Id).ToListAsync(cancel))
            {
                await db.Queue(system, PushKind, $"{notice.Id} {id}", cancel: cancel);
            }
        }
    }

    private async Task SendMail(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        if (!mailer.IsOn || await Find(Guid.Parse(job.Argument), who.OrganizationId, db, cancel) is not var (reader, row))
        {
            return;
        }

        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == reader.Id, cancel);
        using var _ = InLanguageOf(account);
        var what = texts["Sent." + row.Kind];
        var text = $"{what}:\n\n{address.Of(row.Subject.Address)}\n\n{texts["Sent.Why"]}\n";
        await mailer.Send(new(account.Email ?? "", account.DisplayName, what, text), cancel);
    }

    private async Task SendPush(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var ids = job.Argument.Split(' ').Select(Guid.Parse).ToList();
        if (
            await Find(ids[0], who.OrganizationId, db, cancel) is not var (reader, row)
            || await db.PushSubscriptions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == ids[1], cancel) is not { } device
        )
        {
            return;
        }

        var account = await db.Users.AsNoTracking().SingleAsync(u => u.Id == reader.Id, cancel);
        using var _ = InLanguageOf(account);
        var said = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id = row.Id,
                title = texts["Sent." + row.Kind].Value,
                path = row.Subject.Address,
            }
        );
        using var request = await keys.Request(device, said, db, cancel);
        var answer = await outside.Send(request, cancel);
        if (answer.Status is 404 or 410)
        {
            await db.Save(() => db.PushSubscriptions.Where(s => s.Id == device.Id).ExecuteDeleteAsync(cancel), cancel); // it is over
        }
        else if (answer.Status is not (>= 200 and < 300) && job.Attempts < MostTries)
        {
            throw new HttpRequestException($"The push service answered {answer}.");
        }
    }

    // The notice as its person would see it now.
    private static async Task<(Actor Reader, NoticeRow Row)?> Find(Guid id, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var userId = await db
            .Notices.Where(n => n.OrganizationId == organizationId && n.Id == id && n.SeenAt == null)
            .Select(n => (Guid?)n.UserId)
            .SingleOrDefaultAsync(cancel);
        return
            userId is { } user
            && await ActorSource.Find(ActorKind.User, user, organizationId, db, cancel) is { } reader
            && (await ListNotices.All(reader, db, cancel, only: id)).SingleOrDefault() is { } row
            ? (reader, row)
            : null;
    }

    private static LanguageNow InLanguageOf(User account) => new(account.Language);

    /// <summary>The texts of a job are in the language that the person chose.</summary>
    private readonly struct LanguageNow : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

        public LanguageNow(string? language)
        {
            if (language is not null)
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            }
        }

        public void Dispose() => CultureInfo.CurrentUICulture = _before;
    }
}

using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>Which kinds of notices a person wants, and how.</summary>
/// <param name="Page">Names of kinds that the bell shows.</param>
/// <param name="Mail">Names of those that come by mail too; null in a request to leave them as they are.</param>
/// <param name="Push">Names of those that come to the person's devices too; null in a request to leave them as they are.</param>
public sealed record NoticeChoices(IReadOnlyList<string> Page, IReadOnlyList<string>? Mail = null, IReadOnlyList<string>? Push = null)
{
    internal static async Task<NoticeChoices> Of(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var unwanted = await db
            .UnwantedNotices.Where(u => u.OrganizationId == who.OrganizationId && u.UserId == who.Id)
            .Select(u => u.Kind)
            .ToListAsync(cancel);
        var wanted = await db
            .WantedNotices.AsNoTracking()
            .Where(w => w.OrganizationId == who.OrganizationId && w.UserId == who.Id)
            .ToListAsync(cancel);
        var page = NoticeKind.All.Select(k => k.Name).Except(unwanted, StringComparer.Ordinal).ToList();
        return new(page, InWay(NoticeWay.Mail), InWay(NoticeWay.Push));

        List<string> InWay(NoticeWay way) => [.. page.Where(kind => wanted.Exists(w => w.Kind == kind && w.Way == way))];
    }

    /// <summary>The kinds of one way.</summary>
    internal IReadOnlyList<string>? Of(NoticeWay way) => way == NoticeWay.Mail ? Mail : Push;
}

/// <summary>Shows which kinds of notices a person wants.</summary>
public static class SeeNoticeChoices
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task<NoticeChoices> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        return await NoticeChoices.Of(who, db, cancel);
    }
}

/// <summary>
/// Chooses which kinds of notices a person wants. Notices that are there already stay. What the bell does not show comes in no other way.
/// </summary>
public static class ChooseNotices
{
    /// <exception cref="Refusal">403 for a key; 400 for a kind that does not exist.</exception>
    public static async Task<NoticeChoices> Run(NoticeChoices input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        var errors = new ValidationErrors();
        var known = NoticeKind.All.Select(k => k.Name).ToList();
        Demand("page", input.Page);
        Demand("mail", input.Mail);
        Demand("push", input.Push);

        errors.Refuse();
        await db.Save(
            async () =>
            {
                var before = await db
                    .UnwantedNotices.Where(u => u.OrganizationId == who.OrganizationId && u.UserId == who.Id)
                    .ToListAsync(cancel);
                db.RemoveRange(before.Where(u => input.Page.Contains(u.Kind, StringComparer.Ordinal)));
                db.AddRange(
                    known
                        .Except(input.Page, StringComparer.Ordinal)
                        .Where(kind => before.TrueForAll(u => u.Kind != kind))
                        .Select(kind => new UnwantedNotice
                        {
                            OrganizationId = who.OrganizationId,
                            UserId = who.Id,
                            Kind = kind,
                        })
                );
                var wanted = await db
                    .WantedNotices.Where(w => w.OrganizationId == who.OrganizationId && w.UserId == who.Id)
                    .ToListAsync(cancel);
                foreach (var way in Enum.GetValues<NoticeWay>())
                {
                    var kinds = input.Of(way) ?? [.. wanted.Where(w => w.Way == way).Select(w => w.Kind)];
                    var asked = known.Intersect(kinds.Intersect(input.Page, StringComparer.Ordinal), StringComparer.Ordinal).ToList();
                    db.RemoveRange(wanted.Where(w => w.Way == way && !asked.Contains(w.Kind, StringComparer.Ordinal)));
                    db.AddRange(
                        asked
                            .Where(kind => !wanted.Exists(w => w.Way == way && w.Kind == kind))
                            .Select(kind => new WantedNotice
                            {
                                OrganizationId = who.OrganizationId,
                                UserId = who.Id,
                                Kind = kind,
                                Way = way,
                            })
                    );
                }
            },
            cancel
        );
        return await NoticeChoices.Of(who, db, cancel);

        void Demand(string field, IReadOnlyList<string>? kinds)
        {
            if (kinds?.Except(known, StringComparer.Ordinal).Any() == true)
            {
                errors.Add(field, "OneOf", string.Join(", ", known));
            }
        }
    }
}

using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notes;

/// <summary>What is to be done by a day: the notes that are due and not done, of all guests that the actor sees, earliest first.</summary>
public static class ListDueNotes
{
    /// <param name="Page">The page's size and its cursor.</param>
    /// <param name="Due">The last day; today in the organisation's zone when left out.</param>
    /// <param name="Mine">Only notes that the actor wrote, or that mention the actor.</param>
    public sealed record Query(PageQuery Page, DateOnly? Due = null, bool Mine = false)
    {
        internal static readonly string[] Parameters = ["due", "mine", "limit", "cursor"];

        private ValidationErrors? Wrong { get; init; }

        /// <summary>Reads a request's parameters. The use case throws the errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var read = new QueryReading(http.Request.Query, errors);
            var (due, mine) = (read.Day("due"), read.YesNo("mine"));
            var page = PageQuery.Read(http.Request.Query, errors, Parameters);
            return ValueTask.FromResult<Query?>(new(page, due, mine ?? false) { Wrong = errors });
        }

        internal void Refuse()
        {
            Wrong?.Refuse();
            Page.Refuse();
        }
    }

    /// <exception cref="Refusal">403 without contacts.view; 400 for a parameter with a wrong value.</exception>
    public static async Task<Page<NoteRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var day = query.Due ?? await Today(who, db, cancel);
        var limited = who.Properties is null ? "all" : string.Join(',', who.Properties.Order());
        var binding = string.Create(
            CultureInfo.InvariantCulture,
            $"dueNotes/{who.OrganizationId}/{limited}/{day:yyyy-MM-dd}/{(query.Mine ? who.Id : Guid.Empty)}"
        );
        var due = db.Notes.AsNoTracking().Where(n => n.OrganizationId == who.OrganizationId && n.Due <= day && !n.Done);
        if (query.Mine)
        {
            due = due.Where(n =>
                n.AuthorId == who.Id
                || db.NoteMentions.Any(m => m.OrganizationId == n.OrganizationId && m.NoteId == n.Id && m.UserId == who.Id)
            );
        }

        if (query.Page.After(cursors, binding)?.Split('/') is [var number, var last])
        {
            var (on, after) = (
                DateOnly.FromDayNumber(int.Parse(number, CultureInfo.InvariantCulture)),
                Guid.Parse(last, CultureInfo.InvariantCulture)
            );
            due = due.Where(n => n.Due > on || (n.Due == on && n.Id > after));
        }

        var found = await due.Join(
                db.Contacts.VisibleTo(who, db.ContactsAtProperty),
                n => new { n.OrganizationId, Id = n.ContactId },
                c => new { c.OrganizationId, c.Id },
                (n, c) => new { Note = n, c.Name }
            )
            .OrderBy(n => n.Note.Due)
            .ThenBy(n => n.Note.Id)
            .Take(query.Page.Limit + 1)
            .ToListAsync(cancel);
        var rows = await Mentions.AddTo(
            found.ConvertAll(n => NoteRow.Of(n.Note) with { Contact = new(n.Note.ContactId, n.Name) }),
            who.OrganizationId,
            db,
            cancel
        );
        return query.Page.Page(
            rows,
            row => string.Create(CultureInfo.InvariantCulture, $"{row.Due!.Value.DayNumber}/{row.Id}"),
            cursors,
            binding
        );
    }

    private static async Task<DateOnly> Today(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var house = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == who.OrganizationId, cancel);
        return db.Now.DayIn(Clock.Zone(house.TimeZone) ?? TimeZoneInfo.Utc);
    }
}

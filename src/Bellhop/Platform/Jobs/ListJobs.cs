using System.Reflection;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>Lists jobs, newest first, so that a person can find parked ones.</summary>
public static class ListJobs
{
    /// <param name="State">One of <see cref="JobRow.States"/>; all where left out.</param>
    /// <param name="Place">Which page.</param>
    public sealed record Query(string? State, PageQuery Place)
    {
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var errors = new ValidationErrors();
            var read = new QueryReading(http.Request.Query, errors);
            var state = read.One("state");
            if (state is not null && !JobRow.States.Contains(state, StringComparer.Ordinal))
            {
                errors.Add("state", "OneOf", string.Join(", ", JobRow.States));
            }

            return ValueTask.FromResult<Query?>(new(state, PageQuery.Read(http.Request.Query, errors, "state")));
        }
    }

    public static async Task<Page<JobRow>> Run(Query query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        query.Place.Refuse();
        var now = db.Now;
        var jobs = db.Jobs.AsNoTracking().VisibleTo(who);
        jobs = query.State switch
        {
            "queued" => jobs.Where(j => j.State == JobState.Queued && (j.LeasedUntil == null || j.LeasedUntil <= now)),
            "running" => jobs.Where(j => j.State == JobState.Queued && j.LeasedUntil > now),
            "done" => jobs.Where(j => j.State == JobState.Done),
            "parked" => jobs.Where(j => j.State == JobState.Parked),
            _ => jobs,
        };
        var binding = $"jobs/{who.OrganizationId}/{who.Id}/{query.State}";
        if (query.Place.After(cursors, binding) is { } after)
        {
            var id = Guid.Parse(after);
            jobs = jobs.Where(j => j.Id < id);
        }

        var rows = await jobs.OrderByDescending(j => j.Id).Take(query.Place.Limit + 1).ToListAsync(cancel);
        return query.Place.Page(rows.ConvertAll(j => JobRow.Of(j, now)), row => row.Id.ToString(), cursors, binding);
    }
}

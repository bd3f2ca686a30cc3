using System.Collections.Concurrent;

namespace Bellhop.Data;

/// <summary>Notes, at a save's end, the contacts that are to be compared with others, and queues the work for it.</summary>
public abstract partial class BellhopDb
{
    private const int ChecksAtOnce = 64;

    private static readonly ConcurrentDictionary<int, string> CheckTexts = [];
    private static readonly ParameterNames CheckOrganizations = new("check_organization"),
        CheckContacts = new("check_contact");

    // It waits for a job that takes the same row, so that no change falls between the job's look and this save.
    private static string AddChecks(int count) =>
        "INSERT INTO duplicate_checks (organization_id, contact_id) VALUES "
        + string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@{CheckOrganizations[i]}, @{CheckContacts[i]})"))
        + " ON CONFLICT (organization_id, contact_id) DO UPDATE SET contact_id = excluded.contact_id";

    // A job that waits already will find these rows too. A save must not wait for the save that queued it.
    private const string AddJob =
        "INSERT INTO jobs "
        + "(organization_id, id, kind, argument, starter_id, starter_kind, once, state, created_at, run_at, attempts, progress) "
        + "VALUES (@job_organization, @job_id, @job_kind, '', @job_starter, 'System', '', 'Queued', @job_at, @job_at, 0, 0) "
        + "ON CONFLICT DO NOTHING";

    private IEnumerable<LastWrite> CheckWrites()
    {
        // All writers use the order of the key, so that they never deadlock.
        var contacts = SaveContext.Unchecked.Order().ToList();
        return contacts
            .Chunk(ChecksAtOnce)
            .Select(some => new LastWrite(
                "checks",
                CheckTexts.GetOrAdd(some.Length, AddChecks),
                command =>
                {
                    for (var i = 0; i < some.Length; i++)
                    {
                        command.With(CheckOrganizations[i], some[i].OrganizationId).With(CheckContacts[i], Stored(some[i].ContactId));
                    }
                }
            ))
            .Concat(
                SaveContext
                    .ToQueue.Where(q => SaveContext.Unchecked.Any(c => c.OrganizationId == q.OrganizationId))
                    .Order()
                    .Select(q => new LastWrite(
                        "queue",
                        AddJob,
                        command =>
                            command
                                .With("job_organization", q.OrganizationId)
                                .With("job_id", Stored(Guid.CreateVersion7()))
                                .With("job_kind", q.Kind)
                                .With("job_starter", Stored(Guid.Empty))
                                .With("job_at", Stored(Now))
                    ))
            );
    }
}

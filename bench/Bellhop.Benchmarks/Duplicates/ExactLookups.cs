using System.Data.Common;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Duplicates;

/// <summary>The look-up of a guest's phone and address when they are saved, against two prepared probes on the raw driver.</summary>
internal static class ExactLookups
{
    /// <summary>The table of what was measured.</summary>
    public static async Task<string> Measure(List<Guid> ids, BenchDatabase town, BellhopDb db)
    {
        var identities = await db.Identities.AsNoTracking().Where(i => i.OrganizationId == 1 && ids.Contains(i.ContactId)).ToListAsync();
        var keys = identities
            .GroupBy(i => i.ContactId)
            .Select(g => (Phone: Key(g, IdentityKind.Phone), Email: Key(g, IdentityKind.Email)))
            .Where(k => k is { Phone: not null, Email: not null })
            .ToList();
        await using var raw = town.Connect();
        await raw.OpenAsync();
        var probes = new[] { Probe(raw, "Phone"), Probe(raw, "Email") };
        var (mine, theirs) = (0, 0);
        var rounds = await Comparison.Run(
            async () =>
            {
                var (phone, email) = keys[mine++ % keys.Count];
                await ResolveContact.ReadOwners(phone, email, 1, db, default);
            },
            async () =>
            {
                var (phone, email) = keys[theirs++ % keys.Count];
                await Ask(probes[0], phone!);
                await Ask(probes[1], email!);
            },
            rounds: 500
        );
        return "| exact | ours µs, least / median | two probes µs, least / median | R, of the least / median |\n|---|---|---|---|\n"
            + $"| phone and address | {rounds.Cells()} |\n";

        static string? Key(IEnumerable<Identity> mine, IdentityKind kind) => mine.FirstOrDefault(i => i.Kind == kind)?.MatchKey;
    }

    private static DbCommand Probe(DbConnection raw, string kind)
    {
        var probe = raw.CreateCommand();
        probe.CommandText =
            "SELECT id, contact_id, kind, match_key, value, as_given, verified, first_seen_at, last_seen_at, claimed, label "
            + "FROM identities WHERE organization_id = 1 AND kind = @kind AND match_key = @key";
        Give("kind", kind);
        Give("key", "");
        probe.Prepare();
        return probe;

        void Give(string name, string value)
        {
            var given = probe.CreateParameter();
            (given.ParameterName, given.Value, given.DbType) = (name, value, System.Data.DbType.String);
            probe.Parameters.Add(given);
        }
    }

    private static async Task Ask(DbCommand probe, string key)
    {
        probe.Parameters["key"].Value = key;
        await using var row = await probe.ExecuteReaderAsync();
        var values = new object[row.FieldCount];
        while (await row.ReadAsync())
        {
            row.GetValues(values);
        }
    }
}

using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Host;

/// <summary>Finds properties by the names that a person writes on the command line.</summary>
internal sealed class NamedProperties
{
    private readonly Dictionary<string, (Guid Id, string Name)> _all;

    private NamedProperties(Dictionary<string, (Guid Id, string Name)> all) => _all = all;

    /// <summary>The properties that the actor may see.</summary>
    public static async Task<NamedProperties> Of(Actor who, CommandLine.Work work, CancellationToken cancel)
    {
        var all = await work
            .Db.Properties.AsNoTracking()
            .VisibleTo(who)
            .OrderBy(p => p.NameKey)
            .Select(p => new
            {
                p.Id,
                p.Name,
                p.NameKey,
            })
            .ToListAsync(cancel);
        return new(all.ToDictionary(p => p.NameKey, p => (p.Id, p.Name), StringComparer.Ordinal));
    }

    public bool Has(string name) => _all.ContainsKey(Fold.Key(name));

    /// <param name="exitCode">The program's exit code if no property has the name.</param>
    /// <exception cref="OperatorProblem">No property has the name. The line lists the existing names.</exception>
    public Guid Find(string name, int exitCode = 1) =>
        _all.TryGetValue(Fold.Key(name), out var found)
            ? found.Id
            : throw new OperatorProblem($"There is no property '{name}'. There are: {string.Join(", ", _all.Values.Select(p => p.Name))}")
            {
                ExitCode = exitCode,
            };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Bellhop.Data;

internal static class EngineOptions
{
    /// <summary>What both databases have in common.</summary>
    public static DbContextOptionsBuilder AsBellhop(this DbContextOptionsBuilder builder) =>
        builder
            .UseSnakeCaseNamingConvention()
            // Whether a migration is missing is a test's question. EF would work out the whole model anew for it, at every first start.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
}

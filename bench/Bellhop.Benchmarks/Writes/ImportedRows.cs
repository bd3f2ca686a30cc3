using System.Diagnostics;
using System.Text;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Benchmarks.Imports;
using Bellhop.Data;
using Bellhop.Features.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Writes;

/// <summary>What one row of an import writes among the guests who are there, and how many rows a second it gets through.</summary>
internal static class ImportedRows
{
    public const int Many = 10_000;

    /// <summary>Imports new guests as the page does it; returns rows a second.</summary>
    public static async Task<double> Import(BenchDatabase town)
    {
        var (file, next) = (Path.GetTempFileName(), new NewBookings(town));
        try
        {
            await using (var csv = new StreamWriter(file, append: false, Encoding.UTF8))
            {
                await csv.WriteLineAsync("Name,Phone,Email");
                for (var i = 0; i < Many; i++)
                {
                    var guest = next.Next().Guest;
                    await csv.WriteLineAsync($"{guest.Name},{guest.Phone},{guest.Email}");
                }
            }

            await using var services = WritesCommand.Services(town);
            await using var db = await services.GetRequiredService<IDbContextFactory<BellhopDb>>().CreateDbContextAsync();
            var clock = Stopwatch.StartNew();
            var import = await EmptyDatabase.Import(file, town.Properties[0], dryRun: false, db);
            return import is { State: ImportState.Completed, Created: Many }
                ? Many / clock.Elapsed.TotalSeconds
                : throw new InvalidOperationException($"The import ended as {import.State} with {import.Created} guests: {import.Error}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}

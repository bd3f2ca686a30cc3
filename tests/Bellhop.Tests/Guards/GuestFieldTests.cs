using System.ComponentModel;
using System.Diagnostics;

namespace Bellhop.Tests.Guards;

/// <summary>
/// A field of a guest is declared in one place: <c>add-a-guest-field.patch</c> gives the list a new one, with its filter, its order, and
/// its column in files both ways, and stays small.
/// </summary>
public sealed class GuestFieldTests
{
    private const int FilesMost = 5;
    private const int LinesMost = 25;

    private static readonly string Root = Path.GetFullPath(Path.Combine(ShapeTests.Source, "..", ".."));

    private static readonly string Patch = Path.Combine(Root, "tests", "Bellhop.Tests", "Guards", "add-a-guest-field.patch");

    [Fact]
    public void A_new_field_with_filter_order_export_and_import_is_five_files_and_twenty_five_lines()
    {
        var (files, lines, counts) = (new List<string>(), 0, false);
        foreach (var line in File.ReadLines(Patch))
        {
            if (line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                var file = line["+++ b/".Length..];
                counts = !file.StartsWith("tests/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal);
                files.AddRange(counts ? [file] : []);
            }
            else if (counts && !line.StartsWith("--- ", StringComparison.Ordinal) && line is ['+' or '-', ..])
            {
                lines++;
            }
        }

        files.Count.ShouldBeInRange(1, FilesMost);
        lines.ShouldBeInRange(1, LinesMost);
    }

    [Fact]
    public async Task The_patch_still_applies()
    {
        using var git = new Process();
        git.StartInfo = new("git", ["apply", "--check", Patch])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        try
        {
            git.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no git here.");
        }

        var said = await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        git.ExitCode.ShouldBe(0, said + "\nMake the patch anew: docs/adding-a-guest-field.md says how.");
    }
}

using System.Text;
using Bellhop.Features.Imports.Files;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Imports.Files;

/// <summary>A file in the temporary folder, and what is read in it.</summary>
public sealed class GuestFile : IDisposable
{
    public GuestFile(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
    }

    public GuestFile(string text, Encoding? encoding = null)
        : this([.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]) { }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"bellhop-{Guid.CreateVersion7():N}.csv");

    public FileLayout Layout => ImportFile.Look(Path, TestContext.Current.CancellationToken);

    public List<FileRow> Rows => Read(Path);

    public List<GuestRow> Guests => GuestsOf(Path);

    /// <summary>Why the whole file is refused.</summary>
    public string Refused => RefusalOf(Path);

    public static List<FileRow> Read(string path) =>
        [.. ImportFile.Rows(path, ImportFile.Look(path, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)];

    public static List<GuestRow> GuestsOf(string path)
    {
        var layout = ImportFile.Look(path, TestContext.Current.CancellationToken);
        var reader = new RowReader(layout, ColumnMapping.Guess(layout));
        return [.. ImportFile.Rows(path, layout, TestContext.Current.CancellationToken).Select(reader.Read)];
    }

    public static string RefusalOf(string path)
    {
        var refusal = Should.Throw<Refusal>(() => ImportFile.Look(path, TestContext.Current.CancellationToken));
        (refusal.Status, refusal.Type).ShouldBe((400, "unusable-file"));
        return refusal.Title.Key;
    }

    public void Dispose() => File.Delete(Path);
}

using System.Globalization;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Where the files of messages are kept: in the data folder, which all processes of an installation share. No name of a file on
/// disk comes from outside.</summary>
public sealed class MediaFolder(DataFolder folder)
{
    private const string Name = "media";
    private const string Preview = ".preview";

    public string PathOf(int organizationId, Guid id) => Path.Combine(folder.Where(Below(id)), $"{organizationId}-{id:N}");

    /// <summary>The small picture of a picture.</summary>
    public string PreviewOf(int organizationId, Guid id) => PathOf(organizationId, id) + Preview;

    /// <summary>A new file that nobody sees yet; whoever made it moves it by <see cref="Keep"/>, or deletes it.</summary>
    public FileStream Aside() => DataFolder.New(Path.Combine(folder.Sub(DataFolder.Temporary), $"{Guid.CreateVersion7():N}.part"));

    /// <summary>Keeps a file that was written aside.</summary>
    public void Keep(string aside, int organizationId, Guid id)
    {
        folder.Sub(Below(id));
        File.Move(aside, PathOf(organizationId, id), overwrite: true);
    }

    /// <summary>Keeps the small picture of a picture that was written aside.</summary>
    public void KeepPreview(string aside, int organizationId, Guid id)
    {
        folder.Sub(Below(id));
        File.Move(aside, PreviewOf(organizationId, id), overwrite: true);
    }

    /// <summary>Deletes a file and its preview. One that is not there is no error.</summary>
    public void Delete(int organizationId, Guid id)
    {
        foreach (var path in new[] { PathOf(organizationId, id), PreviewOf(organizationId, id) }.Where(File.Exists))
        {
            File.Delete(path);
        }
    }

    /// <summary>Whose files there are that were last written before an instant, UTC.</summary>
    /// <param name="part">Only in every <paramref name="of"/>th folder, beginning with this one.</param>
    public IEnumerable<(int OrganizationId, Guid Id)> WrittenBefore(DateTime before, int part, int of) =>
        Directory.Exists(folder.Where(Name))
            ? Directory
                .EnumerateDirectories(folder.Where(Name))
                .Where(d =>
                    byte.TryParse(Path.GetFileName(d), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var n) && n % of == part
                )
                .SelectMany(Directory.EnumerateFiles)
                .Where(f => File.GetLastWriteTimeUtc(f) < before)
                .Select(Owner)
                .OfType<(int, Guid)>()
            : [];

    private static (int, Guid)? Owner(string path) =>
        Path.GetFileName(path).Replace(Preview, "", StringComparison.Ordinal).Split('-') is [var organization, var id]
        && int.TryParse(organization, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Guid.TryParseExact(id, "N", out var file)
            ? (number, file)
            : null;

    // Many files are kept in many folders, by the part of the id that is random.
    private static string Below(Guid id) => Path.Combine(Name, id.ToString("N")[^2..]);
}

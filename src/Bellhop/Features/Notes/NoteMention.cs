using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Notes;

/// <summary>A member of the team whom a note names with <c>@</c>.</summary>
public sealed class NoteMention
{
    public int OrganizationId { get; init; }
    public Guid NoteId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>The member's name when the note was written.</summary>
    public required string Name { get; init; }
}

internal sealed class NoteMentionTable : IEntityTypeConfiguration<NoteMention>
{
    public void Configure(EntityTypeBuilder<NoteMention> table)
    {
        table
            .ToTable("note_mentions")
            .HasKey(m => new
            {
                m.OrganizationId,
                m.NoteId,
                m.UserId,
            });
        table.HasOne<Note>().WithMany().HasForeignKey(m => new { m.OrganizationId, m.NoteId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(m => m.Name).HasMaxLength(256);
        table.HasIndex(m => new { m.OrganizationId, m.UserId });
    }
}

/// <summary>Finds the members whom a note's text names, and keeps them with the note.</summary>
internal static class Mentions
{
    /// <summary>
    /// The members whose name follows an <c>@</c> in the text. The longest name counts: <c>@Ana Silva</c> is not <c>@Ana</c>. A first name
    /// alone counts where only one member has it.
    /// </summary>
    public static IReadOnlyList<TeamNames.Row> Find(string text, IReadOnlyList<TeamNames.Row> team)
    {
        List<TeamNames.Row> found = [];
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // Inside a word it belongs to an e-mail address.
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                continue;
            }

            var rest = text.AsMemory(at + 1);
            var named = team.Where(p => Begins(rest, p.Name)).ToList();
            var longest = named.Count == 0 ? 0 : named.Max(p => p.Name.Length);
            named.RemoveAll(p => p.Name.Length < longest);
            if (named.Count == 0)
            {
                named = [.. team.Where(p => Begins(rest, p.Name.Split(' ')[0]))];
                named = named.Count == 1 ? named : [];
            }

            found.AddRange(named);
        }

        return [.. found.DistinctBy(p => p.Id)];
    }

    /// <summary>Writes a new or changed note's mentions. Returns them.</summary>
    public static async Task<IReadOnlyList<NoteAuthor>> Write(Note note, bool isNew, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var before = isNew
            ? []
            : await db.NoteMentions.Where(m => m.OrganizationId == note.OrganizationId && m.NoteId == note.Id).ToListAsync(cancel);
        var named = note.Text.Contains('@', StringComparison.Ordinal) ? Find(note.Text, await TeamNames.Of(who, db, cancel)) : [];
        db.NoteMentions.RemoveRange(before.Where(m => named.All(p => p.Id != m.UserId)));
        db.NoteMentions.AddRange(
            named
                .Where(p => before.TrueForAll(m => m.UserId != p.Id))
                .Select(p => new NoteMention
                {
                    OrganizationId = note.OrganizationId,
                    NoteId = note.Id,
                    UserId = p.Id,
                    Name = p.Name,
                })
        );
        return [.. named.Select(p => new NoteAuthor(p.Id, before.Find(m => m.UserId == p.Id)?.Name ?? p.Name))];
    }

    /// <summary>Adds the mentions to rows as they were read. Rows without an <c>@</c> need no statement.</summary>
    public static async Task<IReadOnlyList<NoteRow>> AddTo(
        IReadOnlyList<NoteRow> rows,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        Guid[] some = [.. rows.Where(r => r.Text.Contains('@', StringComparison.Ordinal)).Select(r => r.Id)];
        if (some.Length == 0)
        {
            return rows;
        }

        var named = (
            await db
                .NoteMentions.AsNoTracking()
                .Where(m => m.OrganizationId == organizationId && some.Contains(m.NoteId))
                .OrderBy(m => m.Name)
                .ThenBy(m => m.UserId)
                .ToListAsync(cancel)
        ).ToLookup(m => m.NoteId, m => new NoteAuthor(m.UserId, m.Name));
        return [.. rows.Select(r => r with { Mentions = [.. named[r.Id]] })];
    }

    private static bool Begins(ReadOnlyMemory<char> text, string name) =>
        name.Length > 0
        && text.Span.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (text.Length == name.Length || !char.IsLetterOrDigit(text.Span[name.Length]));
}

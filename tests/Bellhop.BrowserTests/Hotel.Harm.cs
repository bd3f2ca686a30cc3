using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.BrowserTests;

/// <summary>What goes wrong at the hotel: a right is taken away, a table is gone.</summary>
public sealed partial class Hotel
{
    /// <summary>Somebody of the team gets another role.</summary>
    public async Task Give(string who, string role)
    {
        var email = Email(who);
        await using var db = Database();
        await db.Arrange(() =>
            db
                .Memberships.Where(m => m.OrganizationId == _organization && db.Users.Any(u => u.Id == m.UserId && u.Email == email))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role))
        );
    }

    /// <summary>Nothing can be read of the tags any more.</summary>
    public async Task LoseTags()
    {
        await using var db = Database();
        await using var command = await db.Sql("ALTER TABLE tags RENAME TO tags_lost", CancellationToken.None);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Names of the tags there are.</summary>
    public async Task<List<string>> Tags()
    {
        await using var db = Database();
        return await db.Tags.Where(t => t.OrganizationId == _organization).OrderBy(t => t.Id).Select(t => t.Name).ToListAsync();
    }

    /// <summary>How many rows the audit log has of an action.</summary>
    public async Task<int> Events(string action)
    {
        await using var db = Database();
        return await db.Events.CountAsync(e => e.OrganizationId == _organization && e.Action == action);
    }
}

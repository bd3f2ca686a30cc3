using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.ChannelManagers;

/// <summary>What the reservations of one message share while they are taken in one save.</summary>
/// <param name="connection">The sender.</param>
/// <param name="property">The property of the stays.</param>
/// <param name="who">The actor, limited to this property.</param>
internal sealed class ReservationSave(Connection connection, Property property, Actor who)
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    public Connection Connection { get; } = connection;
    public Property Property { get; } = property;
    public Actor Who { get; } = who;

    /// <summary>The same message was taken before: it only asks what stands.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>The guests that the message names.</summary>
    public HashSet<Guid> Contacts { get; } = [];

    /// <summary>The message names a guest who was deleted.</summary>
    public bool NamesDeleted { get; set; }

    /// <summary>
    /// Writes the tracked rows where an earlier reservation of the message has the same key or guest: the next one must find them.
    /// </summary>
    public async Task Separate(Incoming incoming, BellhopDb db, CancellationToken cancel)
    {
        var keys = GuestKeys.Of(incoming.Guest(incoming.PhoneAt(Property)));
        string?[] mine = [incoming.ExternalId is { } id ? "id " + id : null, keys.PhoneKey, keys.Address];
        var isWritten = false;
        foreach (var key in mine.OfType<string>())
        {
            isWritten |= !_written.Add(key);
        }

        if (isWritten)
        {
            await db.Flush(cancel);
        }
    }

    /// <summary>As <see cref="Separate"/>, before the key alone is looked for.</summary>
    public async Task SeparateKey(string key, BellhopDb db, CancellationToken cancel)
    {
        if (_written.Contains("id " + key))
        {
            await db.Flush(cancel);
        }
    }
}

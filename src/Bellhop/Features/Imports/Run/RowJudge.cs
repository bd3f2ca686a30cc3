using Bellhop.Features.Intake;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Imports;

/// <summary>What becomes of a row.</summary>
public enum RowOutcome
{
    Created,
    Updated,

    /// <summary>The guest exists, and the row does not change it.</summary>
    Duplicate,
    Refused,
}

/// <summary>What becomes of a row.</summary>
/// <param name="Guest">The guest of the row; null when the row is refused.</param>
/// <param name="Change">What the row changes of a guest who exists already.</param>
/// <param name="Rival">Another guest that the row's e-mail leads to.</param>
/// <param name="Attached">The phone and e-mail that lead to the guest from this row on.</param>
internal sealed record Judged(
    FileGuest Row,
    RowOutcome Outcome,
    KnownGuest? Guest,
    RowChange Change,
    KnownGuest? Rival,
    GuestKeys Attached = default
);

/// <summary>
/// Decides the outcome of rows one after another: the same rule for the rehearsal and the run. Each decision counts for the rows after it.
/// </summary>
/// <param name="known">The stored guests that the rows' phones and e-mails lead to.</param>
/// <param name="make">Makes a new guest at a property.</param>
/// <param name="tags">Ids of tags by the names in the rows.</param>
internal sealed class RowJudge(KnownGuests known, Func<Property, KnownGuest> make, IReadOnlyDictionary<string, Guid> tags, ImportMode mode)
{
    /// <param name="refresh">Locks a stored guest and returns its present values. Called before its first change.</param>
    public async ValueTask<Judged> Judge(FileGuest row, Func<KnownGuest, ValueTask<KnownGuest>> refresh)
    {
        if (row.Errors.Count > 0)
        {
            return new(row, RowOutcome.Refused, null, RowChange.None, null);
        }

        var (guest, rival) = known.Match(row.Keys);
        var labels = row.Tags.Select(name => tags[Features.Tags.Tag.Key(name)]).Distinct().ToList();
        if (guest is null)
        {
            guest = make(row.Property!);
            (RowChange.Of(guest, row, labels, ImportMode.Fill) with { KnownAt = null }).ApplyTo(guest);
            return new(row, RowOutcome.Created, guest, RowChange.None, rival, Attach(guest, row.Keys));
        }

        var change = RowChange.Of(guest, row, labels, mode);
        if (!change.IsEmpty && !guest.IsNew && await refresh(guest) is var fresh && fresh != guest)
        {
            known.Replace(fresh);
            (guest, change) = (fresh, RowChange.Of(fresh, row, labels, mode));
        }

        if (change.IsEmpty)
        {
            return new(row, RowOutcome.Duplicate, guest, change, mode == ImportMode.Create || guest.IsHidden ? null : rival);
        }

        change.ApplyTo(guest);
        var attached = Attach(
            guest,
            row.Keys with
            {
                PhoneKey = change.Phone is null ? null : row.Keys.PhoneKey,
                Address = change.Email is null ? null : row.Keys.Address,
            }
        );
        return new(row, RowOutcome.Updated, guest, change, rival, attached);
    }

    private GuestKeys Attach(KnownGuest guest, GuestKeys keys)
    {
        var attached = known.Attach(guest, keys);
        if (guest.IsNew && attached is not { PhoneKey: null, Address: null })
        {
            guest.Attached.Add(attached);
        }

        return attached;
    }
}

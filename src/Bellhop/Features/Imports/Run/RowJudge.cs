using Bellhop.Features.Intake;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Imports;

/// <summary>What becomes of a row.</summary>
public enum RowOutcome
{
    Created,
    Updated,

    /// <summary>A known guest whom the row does not change.</summary>
    Duplicate,
    Refused,
}

/// <summary>What becomes of a row.</summary>
/// <param name="Guest">Whom it is about; null where it is refused.</param>
/// <param name="Change">What it changes of a known guest.</param>
/// <param name="Rival">Another guest that its e-mail leads to.</param>
/// <param name="Attached">What leads to the guest from this row on.</param>
internal sealed record Judged(
    FileGuest Row,
    RowOutcome Outcome,
    KnownGuest? Guest,
    RowChange Change,
    KnownGuest? Rival,
    GuestKeys Attached = default
);

/// <summary>
/// Judges rows one after the other over the guests that are known: the one rule for the rehearsal and the run. Every judgement counts for
/// the rows after it.
/// </summary>
/// <param name="known">The guests that the rows' keys lead to.</param>
/// <param name="make">A new guest at a property.</param>
/// <param name="tags">Ids of tags by the names that rows have.</param>
internal sealed class RowJudge(KnownGuests known, Func<Property, KnownGuest> make, IReadOnlyDictionary<string, Guid> tags, ImportMode mode)
{
    /// <param name="refresh">Gives a stored guest as it is once nobody else can change it; called before the first change.</param>
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

using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;

namespace Bellhop.Features.Imports;

/// <summary>
/// What a row changes of a guest who exists already. The rehearsal, the run, and rows about guests of the same file share this rule.
/// </summary>
internal sealed record RowChange
{
    public static readonly RowChange None = new();

    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>The guest's new assigned property.</summary>
    public Guid? AssignTo { get; init; }

    /// <summary>The property at which the guest becomes known.</summary>
    public Guid? KnownAt { get; init; }
    public IReadOnlyList<(Detail Detail, string Value)> Details { get; init; } = [];
    public IReadOnlyList<Guid> Tags { get; init; } = [];
    public IReadOnlyList<(ConsentChannel Channel, bool Granted)> Consents { get; init; } = [];

    public bool IsEmpty =>
        this is { Name: null, Phone: null, Email: null, AssignTo: null, KnownAt: null, Details.Count: 0, Tags.Count: 0, Consents.Count: 0 };

    /// <summary>The names of the changed fields, as in the API.</summary>
    public IEnumerable<string> Fields
    {
        get
        {
            if (Name is not null)
            {
                yield return NameField.Column.Name;
            }

            if (Phone is not null)
            {
                yield return PhoneField.Column.Name;
            }

            if (Email is not null)
            {
                yield return EmailField.Column.Name;
            }

            foreach (var (detail, _) in Details)
            {
                yield return detail.Name;
            }

            if (Tags.Count > 0)
            {
                yield return TagsField.Column.Name;
            }

            if (AssignTo is not null || KnownAt is not null)
            {
                yield return PropertyField.Column.Name;
            }

            if (Consents.Count > 0)
            {
                yield return "consents";
            }
        }
    }

    /// <param name="tags">The row's tags, by id.</param>
    public static RowChange Of(KnownGuest guest, FileGuest row, IReadOnlyList<Guid> tags, ImportMode mode)
    {
        if (mode == ImportMode.Create || guest.IsHidden)
        {
            return None;
        }

        var overwrites = mode == ImportMode.Overwrite;
        var place = row.Property!.Id;
        // A phone or e-mail that staff removed comes back only with overwrite, not to fill an empty field.
        var keys = overwrites ? row.Keys : row.Keys.Without(guest.TakenOff, guest.Id);
        var room = Math.Max(0, TagContact.MostOfOne - guest.Tags.Count);
        return new()
        {
            Name = Word(guest.Name, row.Name),
            Phone = guest.Phone is null ? keys.Phone : null,
            Email = Word(guest.Email, keys.Address),
            AssignTo = overwrites && row.NamesProperty && guest.PropertyId != place && !guest.IsAssignedElsewhere ? place : null,
            KnownAt = guest.At.Contains(place) ? null : place,
            Details = [.. row.Details.Where(d => Word(guest.Details.GetValueOrDefault(d.Detail), d.Value) is not null)],
            Tags = [.. tags.Except(guest.Tags).Take(room)],
            Consents = [.. row.Consents.Where(c => Learns(guest, c.Channel, c.Granted))],
        };

        string? Word(string? has, string? says) => says is not null && says != has && (has is null || overwrites) ? says : null;

        // An opt-out is the guest's own choice, so no file changes it.
        bool Learns(KnownGuest of, ConsentChannel channel, bool granted) =>
            !of.Consents.TryGetValue(channel, out var said) || (overwrites && said && !granted);
    }

    /// <summary>Applies the change to the guest.</summary>
    public void ApplyTo(KnownGuest guest)
    {
        (guest.Name, guest.Phone, guest.Email, guest.PropertyId) = (
            Name ?? guest.Name,
            Phone ?? guest.Phone,
            Email ?? guest.Email,
            AssignTo ?? guest.PropertyId
        );
        foreach (var (detail, value) in Details)
        {
            guest.Details[detail] = value;
        }

        guest.Tags.AddRange(Tags);
        if (KnownAt is { } place)
        {
            guest.At.Add(place);
        }

        foreach (var (channel, granted) in Consents)
        {
            guest.Consents[channel] = granted;
        }
    }
}

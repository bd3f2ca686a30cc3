using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Duplicates;

/// <summary>Which of two contacts' values a merge keeps: <c>this</c> or <c>other</c>. What is left out is the kept contact's.</summary>
/// <param name="Name">The shown name.</param>
/// <param name="Phone">The shown phone. Both numbers lead to the guest.</param>
/// <param name="Email">The shown address. Both addresses lead to the guest.</param>
/// <param name="PropertyId">The assigned property.</param>
/// <param name="Country">The country that was given.</param>
/// <param name="Language">The language.</param>
/// <param name="Birthday">The birthday.</param>
public sealed record KeepValues(
    string? Name = null,
    string? Phone = null,
    string? Email = null,
    string? PropertyId = null,
    string? Country = null,
    string? Language = null,
    string? Birthday = null
)
{
    internal const string This = "this",
        Other = "other";

    /// <summary>The choices, by the contact's property.</summary>
    internal IReadOnlyDictionary<string, string?> Choices =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [nameof(Contact.Name)] = Name,
            [nameof(Contact.Phone)] = Phone,
            [nameof(Contact.Email)] = Email,
            [nameof(Contact.PropertyId)] = PropertyId,
            [nameof(Contact.CountryGiven)] = Country,
            [nameof(Contact.Language)] = Language,
            [nameof(Contact.Birthday)] = Birthday,
        };

    internal void Check(ValidationErrors errors)
    {
        foreach (var (property, _) in Choices.Where(c => c.Value is not (null or This or Other)))
        {
            errors.Add("keep." + GuestValues.Field(property), ErrorText.Of<DuplicateTexts>("Choice"));
        }
    }
}

/// <summary>The values of a contact's own row when two are merged, and when they are split.</summary>
internal static class GuestValues
{
    // Figures, tags and texts for the search follow from other rows; what staff removed is hashed with the contact's id.
    private static readonly HashSet<string> Derived =
    [
        .. typeof(Figures).GetProperties().Select(p => p.Name),
        nameof(Contact.Id),
        nameof(Contact.Country),
        nameof(Contact.TakenOff),
        nameof(Contact.Search),
        nameof(Contact.TagIds),
        nameof(Contact.UpdatedAt),
    ];

    /// <summary>What people gave of a contact: each column that follows from nothing else.</summary>
    public static IEnumerable<PropertyEntry> Own(Contact contact, BellhopDb db) =>
        db.Entry(contact).Properties.Where(p => !Derived.Contains(p.Metadata.Name));

    /// <summary>Gives the kept contact the chosen values, and the other's where it has none. Returns what changed, for the event.</summary>
    public static Dictionary<string, string?[]> Join(Contact kept, Contact other, KeepValues keep, BellhopDb db)
    {
        var (theirs, choices) = (db.Entry(other), keep.Choices);
        var before = (kept.Phone, kept.CountryGiven);
        var changes = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (var mine in Own(kept, db))
        {
            var name = mine.Metadata.Name;
            var (was, their) = (mine.CurrentValue, theirs.Property(name).CurrentValue);
            var now = choices.GetValueOrDefault(name) == KeepValues.Other ? their ?? was : was ?? their;
            if (Equals(was, now))
            {
                continue;
            }

            mine.CurrentValue = now;
            changes[Field(name)] = [was?.ToString(), now?.ToString()];
        }

        Show(kept, before);
        if ((other.CreatedAt, other.Id).CompareTo((kept.CreatedAt, kept.Id)) < 0)
        {
            First(db.Entry(kept), other.CreatedAt, other.Source);
        }

        return changes;
    }

    /// <summary>
    /// Gives the kept contact back what it had, where nobody has changed it since the merge. A phone or address that leads to the other
    /// from now on is given back in any case.
    /// </summary>
    /// <param name="leads">Whether a shown phone or address leads to the other contact.</param>
    public static Dictionary<string, string?[]> Split(Contact kept, MergeState state, Func<string, bool> leads, BellhopDb db)
    {
        var before = (kept.Phone, kept.CountryGiven);
        var changes = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (var mine in Own(kept, db))
        {
            var (name, was) = (mine.Metadata.Name, mine.CurrentValue);
            var joined = StoredValue(state.Joined, mine);
            var isTheirs = name is nameof(Contact.Phone) or nameof(Contact.Email) && was is string shown && leads(shown);
            if (!isTheirs && !Equals(was, joined))
            {
                continue;
            }

            var now = StoredValue(state.Kept, mine);
            if (!Equals(was, now))
            {
                mine.CurrentValue = now;
                changes[Field(name)] = [was?.ToString(), now?.ToString()];
            }
        }

        if (kept.TakenOff == state.Joined.Value<string>(nameof(Contact.TakenOff)))
        {
            kept.TakenOff = state.Kept.Value<string>(nameof(Contact.TakenOff));
        }

        Show(kept, before);
        First(db.Entry(kept), state.Kept.Value<DateTime>(nameof(Figures.CreatedAt)), state.Kept.Value<Source>(nameof(Figures.Source)));
        return changes;
    }

    /// <summary>Sets the first touch of figures, which no touch that comes later changes.</summary>
    public static void First(EntityEntry figures, DateTime at, Source source)
    {
        figures.Property(nameof(Figures.CreatedAt)).CurrentValue = at;
        figures.Property(nameof(Figures.Source)).CurrentValue = source;
    }

    private static object? StoredValue(StoredRow row, PropertyEntry property) =>
        row.TryGetValue(property.Metadata.Name, out var value)
            ? System.Text.Json.JsonSerializer.Deserialize(value, property.Metadata.ClrType)
            : property.CurrentValue;

    /// <summary>Makes the copies that follow from the values.</summary>
    private static void Show(Contact contact, (string? Phone, string? Country) before)
    {
        contact.NameKey = contact.Name is { } name ? Contact.KeyOf(name) : null;
        contact.NameEmpty = Figures.Empty(contact.Name);
        contact.Search = SearchText.Of(contact, []);
        if ((contact.Phone, contact.CountryGiven) != before)
        {
            contact.SayCountry(contact.CountryGiven);
        }
    }

    /// <summary>The name of a contact's property in the API.</summary>
    public static string Field(string property) =>
        property == nameof(Contact.CountryGiven) ? "country" : char.ToLowerInvariant(property[0]) + property[1..];
}

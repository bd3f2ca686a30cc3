using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Writes the changes of rows to guests who are stored already, and notes the values before.</summary>
internal sealed class ImportedChanges(Import import, IReadOnlyDictionary<Guid, Property> places, Actor who, BellhopDb db)
{
    /// <summary>The values of a guest's fields before the import. Only fields that the import changed are set.</summary>
    internal sealed record Before
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Was<string?>? Name { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Was<string?>? Phone { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Was<string?>? Email { get; init; }

        /// <summary>The details before the import, by name.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyDictionary<string, string?>? Details { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Guid? AssignedTo { get; init; }

        /// <summary>Whether the import made the phone lead to the guest; next, the same for the e-mail.</summary>
        public bool PhoneAttached { get; init; }
        public bool EmailAttached { get; init; }

        /// <summary>Properties at which the import made the guest known.</summary>
        public IReadOnlyList<Guid> KnownAt { get; init; } = [];

        /// <summary>Tags that the import added to the guest.</summary>
        public IReadOnlyList<Guid> Tags { get; init; } = [];

        /// <summary>The values before the import of the consents that it wrote; null when there was none.</summary>
        public IReadOnlyDictionary<ConsentChannel, bool?> Consents { get; init; } = new Dictionary<ConsentChannel, bool?>();

        /// <summary>The guest's version before the import's first change.</summary>
        public DateTime? Version { get; init; }

        private static readonly Dictionary<string, string?> Nothing = [];

        /// <summary>Combines this with the values before a later row. For each field, the earlier value counts.</summary>
        public Before Then(Before later) =>
            new()
            {
                Name = Name ?? later.Name,
                Phone = Phone ?? later.Phone,
                Email = Email ?? later.Email,
                Details = (later.Details ?? Nothing)
                    .Where(d => Details?.ContainsKey(d.Key) != true)
                    .Concat(Details ?? Nothing)
                    .ToDictionary(),
                AssignedTo = AssignedTo ?? later.AssignedTo,
                PhoneAttached = PhoneAttached || later.PhoneAttached,
                EmailAttached = EmailAttached || later.EmailAttached,
                KnownAt = [.. KnownAt.Union(later.KnownAt)],
                Tags = [.. Tags.Union(later.Tags)],
                Consents = later.Consents.Where(c => !Consents.ContainsKey(c.Key)).Concat(Consents).ToDictionary(),
                Version = Version ?? later.Version,
            };
    }

    /// <summary>A value before a change, which may be null.</summary>
    internal sealed record Was<T>(T Value);

    /// <summary>
    /// Locks the guest's row and returns its present values. A guest that this save has locked already is returned unchanged.
    /// </summary>
    public async ValueTask<KnownGuest> Hold(KnownGuest guest, CancellationToken cancel)
    {
        if (db.HasLocked(guest.Id))
        {
            return guest;
        }

        return
            await ResolveContact.ForChange(db, who.OrganizationId, guest.Id, cancel) is not null
            && (await KnownGuests.Read([guest.Id], ImportFields.Details, who, db, cancel)).TryGetValue(guest.Id, out var fresh)
            ? fresh
            : throw new DbUpdateConcurrencyException("The guest went meanwhile."); // the save runs again and finds nobody
    }

    /// <summary>Writes one judged row about a guest that is locked.</summary>
    public async Task Write(Judged judged, CancellationToken cancel)
    {
        var (row, change) = (judged.Row, judged.Change);
        var contact = (await db.Contacts.FindAsync([who.OrganizationId, judged.Guest!.Id], cancel))!;
        var shown = (contact.Name, contact.Phone, contact.Email);
        var (assigned, version) = (contact.PropertyId, contact.UpdatedAt);

        // The identities of a guest made in the same batch are not stored yet, so the judge's result is used.
        contact.Show(change.Name ?? contact.Name, change.Phone ?? contact.Phone, change.Email ?? contact.Email);
        if (judged.Attached.PhoneKey is { } phoneKey)
        {
            await ResolveContact.AttachIdentity(
                contact,
                IdentityKind.Phone,
                phoneKey,
                row.Keys.Phone!,
                row.Keys.PhoneAsGiven ?? row.Keys.Phone!,
                who,
                db,
                cancel
            );
        }

        if (judged.Attached.Address is { } address)
        {
            await ResolveContact.AttachIdentity(
                contact,
                IdentityKind.Email,
                address,
                address,
                row.Keys.EmailAsGiven ?? address,
                who,
                db,
                cancel
            );
        }

        var details = change.Details.ToDictionary(d => d.Detail.Name, d => d.Detail.Of(contact), StringComparer.Ordinal);
        foreach (var (detail, value) in change.Details)
        {
            detail.Set(contact, value);
        }

        if (change.Name is not null || details.Count > 0)
        {
            await CorrectContact.ShowAtPlaces(contact, db, cancel);
        }

        if (change.KnownAt is { } place)
        {
            await ResolveContact.RecordTouch(contact, new(places[place], Source.Import, TouchKind.Import, new(null)), who, db, cancel);
        }

        contact.PropertyId = change.AssignTo ?? contact.PropertyId;
        var before = new Before
        {
            Name = change.Name is null ? null : new(shown.Name),
            Phone = change.Phone is null ? null : new(shown.Phone),
            Email = change.Email is null ? null : new(shown.Email),
            Details = details.Count == 0 ? null : details,
            Version = version,
            AssignedTo = change.AssignTo is null ? null : assigned,
            PhoneAttached = judged.Attached.PhoneKey is not null,
            EmailAttached = judged.Attached.Address is not null,
            KnownAt = change.KnownAt is { } at1 ? [at1] : [],
            Tags = change.Tags,
            Consents = await WriteConsents(contact, change, cancel),
        };
        foreach (var tag in change.Tags)
        {
            db.ContactTags.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    ContactId = contact.Id,
                    TagId = tag,
                    CreatedAt = contact.CreatedAt,
                }
            );
        }

        contact.TagIds = [.. contact.TagIds.Union(change.Tags)];
        contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
        var changes = ContactChanges.Between(shown, contact);
        foreach (var field in change.Fields.Except(changes.Keys).ToList())
        {
            changes[field] = field == "property" && change.AssignTo is { } to ? [assigned.ToString(), to.ToString()] : [null, null];
        }

        db.Happened(who, "contact.updated", "contact", contact.Id, contact.Id, changes);
        await Note(contact, row.Line, before, cancel);
    }

    private async Task<IReadOnlyDictionary<ConsentChannel, bool?>> WriteConsents(
        Contact contact,
        RowChange change,
        CancellationToken cancel
    )
    {
        var before = new Dictionary<ConsentChannel, bool?>();
        foreach (var (channel, granted) in change.Consents)
        {
            var consent = await db.Consents.FindAsync([who.OrganizationId, contact.Id, channel], cancel);
            before[channel] = consent?.Granted;
            if (consent is null)
            {
                db.Consents.Add(
                    new()
                    {
                        OrganizationId = who.OrganizationId,
                        ContactId = contact.Id,
                        Channel = channel,
                        Granted = granted,
                        At = db.Now,
                        Source = Source.Import,
                    }
                );
            }
            else
            {
                (consent.Granted, consent.At, consent.Source) = (granted, db.Now, Source.Import);
            }
        }

        return before;
    }

    private async Task Note(Contact contact, int line, Before before, CancellationToken cancel)
    {
        if (await db.ImportChanges.FindAsync([who.OrganizationId, import.Id, contact.Id], cancel) is not { } noted)
        {
            db.ImportChanges.Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    ImportId = import.Id,
                    ContactId = contact.Id,
                    Line = line,
                    Before = JsonSerializer.Serialize(before),
                    Version = contact.UpdatedAt,
                }
            );
            return;
        }

        noted.Version = contact.UpdatedAt;
        if (!noted.Created)
        {
            noted.Before = JsonSerializer.Serialize(JsonSerializer.Deserialize<Before>(noted.Before)!.Then(before));
        }
    }
}

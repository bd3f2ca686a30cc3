using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Flags;
using Bellhop.Features.Intake;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A guest as the list, the profile and the API show it. Figures, source and times cover the properties asked about; name, phone and e-mail
/// are the guest's own.
/// </summary>
/// <param name="Id">The contact's id.</param>
/// <param name="Name">As written, or null.</param>
/// <param name="Phone">E.164, or null.</param>
/// <param name="Email">Lower-cased, or null.</param>
/// <param name="Source">Where the first touch came from.</param>
/// <param name="Property">The assigned property. Null when the viewer does not see it, or it is not one of those asked about.</param>
/// <param name="Tags">Labels.</param>
/// <param name="Bookings">Number of counted bookings.</param>
/// <param name="TotalSpent">In the organisation's currency.</param>
/// <param name="CustomerSince">The first of a month; JSON <c>yyyy-MM</c>.</param>
/// <param name="LastBooking">The latest counted arrival that is not in the future. When there is none, the next arrival.</param>
/// <param name="Rating">Stars of the latest review, 1 to 5.</param>
/// <param name="Active">The guest is in house, or a confirmed booking departs today or later.</param>
/// <param name="Loyalty">Tier and points; null when the guest is not enrolled.</param>
/// <param name="CreatedAt">First touch, UTC.</param>
/// <param name="UpdatedAt">Last change of the contact, UTC.</param>
public sealed record ContactRow(
    Guid Id,
    string? Name,
    string? Phone,
    string? Email,
    Source Source,
    PropertyName? Property,
    IReadOnlyList<string> Tags,
    int Bookings,
    Money TotalSpent,
    [property: JsonConverter(typeof(MonthJson))] DateOnly CustomerSince,
    LastBooking? LastBooking,
    int? Rating,
    bool Active,
    LoyaltyStanding? Loyalty,
    DateTime CreatedAt,
    DateTime UpdatedAt
) : IFastJson
{
    /// <summary>The same tags as <see cref="Tags"/>, with their colours, as a page shows them.</summary>
    [JsonIgnore]
    public IReadOnlyList<TagLabel> Labels { get; init; } = [];

    /// <summary>What must not be missed about the guest, as a page shows it; the API does not read it.</summary>
    [JsonIgnore]
    public IReadOnlyList<GuestFlag> Flags { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2: as it was given, else of the phone; or null.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 639-1: the language that the guest speaks, or null.</summary>
    public string? Language { get; init; }

    /// <summary>The birthday as <c>yyyy-MM-dd</c>, or null.</summary>
    public string? Birthday { get; init; }

    /// <summary>The country as it was given, as whoever edits it sees it; null when the phone tells it.</summary>
    [JsonIgnore]
    public string? CountryGiven { get; init; }

    /// <summary>The ids of the tags in the row, before their names are read.</summary>
    [JsonIgnore]
    internal IReadOnlyList<Guid> TagIds { get; init; } = [];

    /// <summary>The columns of a guest, in the order of the row's members.</summary>
    internal static IReadOnlyList<Column> Columns { get; } =
    [
        IdField.Id,
        NameField.Column,
        PhoneField.Column,
        EmailField.Column,
        SourceField.Column,
        PropertyField.Column,
        TagsField.Column,
        BookingsField.Column,
        SpentField.Column,
        SinceField.Column,
        LastBookingField.Column,
        RatingField.Column,
        ActiveField.Column,
        LoyaltyField.Column,
        CreatedField.Column,
        IdField.Updated,
        CountryField.Column,
        LanguageField.Column,
        BirthdayField.Column,
    ];

    /// <summary>The details among the columns.</summary>
    internal static IReadOnlyList<Detail> Details { get; } = [.. Columns.Select(c => c.Detail).OfType<Detail>()];

    /// <summary>The SQL that the list reads for the columns, in their order.</summary>
    internal static IReadOnlyList<GuestColumn> Reads { get; } = [.. Columns.SelectMany(c => c.Reads)];

    /// <summary>Reads a row that begins with <see cref="Reads"/>.</summary>
    internal static ContactRow Read(GuestReading of) =>
        new(
            IdField.Id.Read(of),
            NameField.Column.Read(of),
            PhoneField.Column.Read(of),
            EmailField.Column.Read(of),
            SourceField.Column.Read(of),
            PropertyField.Column.Read(of),
            TagsField.Column.Read(of),
            BookingsField.Column.Read(of),
            SpentField.Column.Read(of),
            SinceField.Column.Read(of),
            LastBookingField.Column.Read(of),
            RatingField.Column.Read(of),
            ActiveField.Column.Read(of),
            LoyaltyField.Column.Read(of),
            CreatedField.Column.Read(of),
            IdField.Updated.Read(of)
        )
        {
            TagIds = TagsField.Ids(of),
            Country = CountryField.Column.Read(of),
            CountryGiven = CountryField.GivenOf(of),
            Language = LanguageField.Column.Read(of),
            Birthday = BirthdayField.Column.Read(of),
        };

    /// <summary>
    /// Writes the columns by itself, because the list's responses contain little else. A test checks that the serializer writes the same.
    /// </summary>
    void IFastJson.Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < Columns.Count; i++)
        {
            Columns[i].Write(json, this);
        }

        json.WriteEndObject();
    }

    /// <summary>Adds the tags' names to the rows, read at once for all of them. Rows without tags need no statement.</summary>
    internal static async Task<IReadOnlyList<ContactRow>> Named(
        IReadOnlyList<ContactRow> rows,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (rows.All(r => r.TagIds.Count == 0))
        {
            return rows;
        }

        var tags = await TagNames.Of([.. rows.SelectMany(r => r.TagIds)], organizationId, db, cancel);
        return
        [
            .. rows.Select(row =>
            {
                var labels = row.TagIds.Count == 0 ? [] : tags.Values.Where(t => row.TagIds.Contains(t.Id)).ToArray();
                return row with { Labels = labels, Tags = [.. labels.Select(l => l.Name)] };
            }),
        ];
    }
}

/// <summary>The last booking that a list shows for a guest.</summary>
public sealed record LastBooking(Guid Id, string? Reference, DateOnly Arrival);

/// <summary>A guest's place in the loyalty programme of the property asked about; of several, the one with the highest tier.</summary>
public sealed record LoyaltyStanding(LoyaltyTier Tier, long Points);

/// <summary>A month as <c>yyyy-MM</c>.</summary>
public sealed class MonthJson : JsonConverter<DateOnly>
{
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateOnly.TryParseExact(reader.GetString(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
            : throw new JsonException("A month is written yyyy-MM.");

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        Json.WriteDay(writer, value, monthOnly: true);
}

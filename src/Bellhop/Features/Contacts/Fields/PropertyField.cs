using System.Text.Json;
using Bellhop.Features.Properties;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's assigned property, if it is one of those asked about.</summary>
internal static class PropertyField
{
    /// <summary>
    /// Known names of its columns in files. "Group" is not one: it may mean a property, a tag, or a booking of many guests.
    /// </summary>
    public const string Headings =
        "property|property name|unterkunft|établissement|propriété|propiedad|alojamiento|establecimiento|struttura|"
        + "proprietà|propriedade|alojamento|estabelecimento|acomodação|العقار|المنشأة";

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");

    public static Column<PropertyName?> Column { get; } =
        new("property", r => r.Property, Write, Read)
        {
            Sql = ["p.id", "p.name"],
            Csv = new("property", "property", 5, static (to, row, at) => to.Csv.Ready(to.Property(to.Db.ReadId(row, at))))
            {
                Sql = "c.property_id",
            },
        };

    public static Parameter<IReadOnlyList<Guid>?> Any { get; } =
        new("propertyId", f => f.PropertyIds, (f, v) => f with { PropertyIds = v }, ParameterKinds.Ids)
        {
            OfApi = true,
            Place = 0,
            Joins = false,
        };

    /// <summary>The guest is known at any of the chosen properties. The figures then cover only these.</summary>
    public static Condition Condition { get; } =
        new("property", Any)
        {
            Chip = (f, say) => say.Properties(f.PropertyIds!),
            Editor = new PropertiesEditor("property", Any),
            KindPlace = 5,
        };

    private static PropertyName? Read(GuestReading of, int at)
    {
        if (of.Row.IsDBNull(at))
        {
            return null;
        }

        var id = of.Db.ReadId(of.Row, at);
        return of.Before?.Property is { } before && before.Id == id ? before : new(id, of.Row.GetString(at + 1));
    }

    private static void Write(Utf8JsonWriter json, PropertyName? property)
    {
        if (property is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString(Id, property.Id);
        json.WriteString(Name, property.Name);
        json.WriteEndObject();
    }
}

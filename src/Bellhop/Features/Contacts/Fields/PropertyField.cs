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
            Reads = [new("p", "id"), new("p", "name")],
            Csv = new("property", "property", 5, static (to, row) => to.Csv.Ready(to.Property(row.Id())))
            {
                Sql = GuestColumn.Own("property_id").Over,
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

    private static PropertyName? Read(GuestReading of)
    {
        if (of.Row.IdOrNull() is not { } id)
        {
            of.Row.Skip(1);
            return null;
        }

        if (of.Before?.Property is { } before && before.Id == id)
        {
            of.Row.Skip(1);
            return before;
        }

        return new(id, of.Row.Text());
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

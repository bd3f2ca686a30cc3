using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Tags;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's tags. A row holds their ids; the names are read for a whole page at once.</summary>
internal static class TagsField
{
    /// <summary>Known names of its columns in files.</summary>
    public const string Headings =
        "tag|tags|label|labels|category|categories|keywords|group membership|schlagwort|schlagworte|schlagwörter|"
        + "kategorie|kategorien|étiquette|étiquettes|catégorie|catégories|mots clés|etiqueta|etiquetas|categoría|"
        + "categorías|etichetta|etichette|categoria|categorie|categorias|marcadores|الوسوم|وسم|وسوم|التصنيف|تصنيفات";

    private const int Shown = 3;

    public static Column<IReadOnlyList<string>> Column { get; } =
        new("tags", r => r.Tags, Write, static (_, _) => [])
        {
            Sql = ["c.tag_ids"],
            Csv = new("tags", "tags", 4, static (to, row, at) => to.Tags(row.GetString(at))) { Sql = "c.tag_ids" },
            Cell = new("tags", Write),
        };

    public static Guid[] Ids(in GuestReading of) => GuidText.Read(of.Row.GetString(Column.At));

    public static Condition Any { get; } = Condition("tags", "tag", f => f.Tags, (f, v) => f with { Tags = v }, 2, ofApi: true);
    public static Condition All { get; } = Condition("allTags", "allTag", f => f.AllTags, (f, v) => f with { AllTags = v }, 3);
    public static Condition None { get; } = Condition("noTags", "noTag", f => f.NoTags, (f, v) => f with { NoTags = v }, 4);

    private static Condition Condition(
        string name,
        string parameter,
        Func<ContactFilter, IReadOnlyList<string>?> get,
        Func<ContactFilter, IReadOnlyList<string>?, ContactFilter> set,
        int place,
        bool ofApi = false
    )
    {
        var tags = new Parameter<IReadOnlyList<string>?>(parameter, get, set, ParameterKinds.Texts(Tag.NamedMax))
        {
            OfApi = ofApi,
            Place = 3,
        };
        return new(name, tags)
        {
            Chip = (f, say) => say.Tags(get(f)!),
            Editor = new TagsEditor(name, tags),
            KindPlace = place,
        };
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> tags)
    {
        json.WriteStartArray();
        foreach (var tag in tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
    }

    private static void Write(GuestCells to, ContactLine line)
    {
        var row = line.Row;
        to.Html.Add($"""<td class="tags">""");
        foreach (var tag in row.Labels.Take(Shown))
        {
            to.Html.Add($"""<bdi class="tag t-{tag.Color}">{tag.Name}</bdi>""");
        }

        if (row.Labels.Count > Shown)
        {
            var more = to.Say("Row.Tags.More", Show.Number(row.Labels.Count - Shown));
            to.Html.Add($"""<span class="mute" title="{string.Join(", ", row.Tags.Skip(Shown))}">{more}</span>""");
        }

        to.Html.Add($"</td>");
    }
}

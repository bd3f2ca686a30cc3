using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>The mapping of a file's columns to fields.</summary>
public sealed class ColumnMapping
{
    private static readonly FrozenSet<string> BirthYears = HeadingWords.Set(HeadingNames.BirthYears);

    private ColumnMapping(FileLayout layout, ImportField?[] fields)
    {
        Columns = [.. layout.Headings.Zip(fields, (heading, field) => (heading, field))];
    }

    /// <summary>The columns in the file's order. A column with a null field is left out.</summary>
    public IReadOnlyList<(string Heading, ImportField? Field)> Columns { get; }

    /// <summary>The field's name in the API.</summary>
    public static string NameOf(ImportField field) => ImportFields.NameOf(field);

    /// <summary>
    /// Guesses the mapping from known headings and, where a heading has several meanings, from the values. The guess may have no phone and
    /// no e-mail; <see cref="Demand"/> refuses that.
    /// </summary>
    public static ColumnMapping Guess(FileLayout layout)
    {
        var fields = new ImportField?[layout.Headings.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = seen.Add(Heading.Key(layout.Headings[i])) ? KnownHeadings.FieldOf(layout.Headings[i]) : null;
        }

        if (layout.IsOurs)
        {
            Own(layout, fields);
        }

        if (layout.Headings.Any(h => BirthYears.Contains(Heading.Key(h))))
        {
            fields = [.. fields.Select(f => f == ImportFields.Named("birthday") ? null : f)];
        }

        ByValues(layout, fields);
        Found(layout, fields, ImportField.Phone, ColumnValues.Phones, KnownHeadings.SaysPhone);
        Found(layout, fields, ImportField.Email, ColumnValues.Emails, KnownHeadings.SaysEmail);
        OwnFirst(layout, fields);
        Name(fields);
        Single(layout, fields, ImportField.Name);
        Single(layout, fields, ImportField.Property);
        Single(layout, fields, ImportField.Consent);
        Single(layout, fields, ImportField.ConsentWhatsApp);
        Single(layout, fields, ImportField.ConsentEmail);
        foreach (var detail in ImportFields.Plain)
        {
            Single(layout, fields, ImportFields.Of(detail));
        }

        return new ColumnMapping(layout, fields);
    }

    /// <summary>
    /// Reads a JSON object of columns and field names; null or empty leaves a column out. A column that is not named keeps the guess,
    /// unless its field is given to another column. Whole names and parts of names replace each other. Errors are added under
    /// <c>mapping.</c> and the column.
    /// </summary>
    public static ColumnMapping Read(string? json, FileLayout layout, ValidationErrors errors)
    {
        var guess = Guess(layout);
        if (string.IsNullOrWhiteSpace(json))
        {
            return guess;
        }

        if (Parse(json) is not { } given)
        {
            errors.Add("mapping", ErrorText.Of<ImportTexts>("Mapping.NotAnObject"));
            return guess;
        }

        var chosen = new Dictionary<int, ImportField?>();
        foreach (var (column, node) in given)
        {
            var key = Heading.Key(Heading.Clean(column));
            var at = layout.Headings.ToList().FindIndex(h => Heading.Key(h) == key);
            var (known, field) = FieldOf(node);
            if (at < 0)
            {
                errors.Add("mapping." + column, ErrorText.Of<ImportTexts>("Mapping.NoColumn"));
            }
            else if (!known)
            {
                errors.Add(
                    "mapping." + column,
                    ErrorText.Of<ImportTexts>("Mapping.NoField", string.Join(", ", ImportFields.All.Select(NameOf)))
                );
            }
            else
            {
                chosen.TryAdd(at, field);
            }
        }

        var taken = chosen.Values.OfType<ImportField>().Select(Kind).ToHashSet();
        var fields = guess.Columns.Select(
            (c, i) =>
                chosen.TryGetValue(i, out var field) ? field
                : c.Field is { } f && taken.Contains(Kind(f)) ? null
                : c.Field
        );
        var mapping = new ColumnMapping(layout, [.. fields]);
        if (!mapping.Serves(layout))
        {
            errors.Add("mapping", ErrorText.Of<ImportTexts>("Mapping.NoPhone"));
        }

        return mapping;
    }

    /// <summary>Writes the JSON that <see cref="Read"/> reads, with every column.</summary>
    public string Write()
    {
        var json = new JsonObject();
        foreach (var (heading, field) in Columns)
        {
            // Of two equal headings, the first one counts.
            if (!json.ContainsKey(heading))
            {
                json[heading] = field is { } f ? NameOf(f) : null;
            }
        }

        return json.ToJsonString();
    }

    /// <summary>A key for the file's headings, without regard to case, spaces and signs: SHA-256 in hexadecimal.</summary>
    public static string HeadingsKey(FileLayout layout) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', layout.Headings.Select(Heading.Key)))));

    /// <exception cref="Refusal">400 when no column is a phone or an e-mail, which identify guests, and the file is not Bellhop's own
    /// export.</exception>
    public void Demand(FileLayout layout)
    {
        if (!Serves(layout))
        {
            throw Unusable.NoPhoneColumn(layout.Headings);
        }
    }

    /// <summary>Whether rows can lead to guests with this mapping.</summary>
    internal bool Serves(FileLayout layout) =>
        Columns.Any(c => c.Field is ImportField.Phone or ImportField.Email)
        || (layout.IsOurs && Columns.Any(c => c.Field == ImportField.Name));

    private static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (bool Known, ImportField? Field) FieldOf(JsonNode? node)
    {
        if (node is null)
        {
            return (true, null);
        }

        if (node is not JsonValue value || !value.TryGetValue<string>(out var name))
        {
            return (false, null);
        }

        return name.Length == 0 ? (true, null)
            : ImportFields.Named(name) is { } field ? (true, field)
            : (false, null);
    }

    private static ImportField Kind(ImportField field) =>
        field is ImportField.GivenName or ImportField.MiddleName or ImportField.FamilyName ? ImportField.Name : field;

    private static void Own(FileLayout layout, ImportField?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = OwnHeadings.FieldOf(layout.Headings[i]);
        }
    }

    // "Contact" may hold names or phones; "Country code" may hold PT or +351.
    private static void ByValues(FileLayout layout, ImportField?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = (fields[i], layout.ValuesOf(i)) switch
            {
                (ImportField.Name, ColumnValues.Phones) => ImportField.Phone,
                (ImportField.Name, ColumnValues.Emails) => ImportField.Email,
                (ImportField.Country, ColumnValues.CallingCodes) => ImportField.DialCode,
                (ImportField.DialCode, ColumnValues.Words) when KnownHeadings.MayBeTitle(layout.Headings[i]) => null,
                (var field, _) => field,
            };
        }
    }

    // Where no heading is known, the values and a word in a heading are enough: "What is your phone number?"
    private static void Found(FileLayout layout, ImportField?[] fields, ImportField field, ColumnValues values, Func<string, bool> says)
    {
        for (var i = 0; i < fields.Length && !fields.Contains(field); i++)
        {
            var heading = layout.Headings[i];
            var may = fields[i] is null && layout.ValuesOf(i) == values && says(heading) && !HeadingWords.IsOfAnother(heading);
            fields[i] = may ? field : fields[i];
        }
    }

    // Columns of the guest count first. A booker, an agency or a company gives the name only when no other column does.
    private static void OwnFirst(FileLayout layout, ImportField?[] fields)
    {
        var others = Enumerable
            .Range(0, fields.Length)
            .Where(i =>
                HeadingWords.IsOfAnother(layout.Headings[i])
                || (fields[i] == ImportField.Name && HeadingWords.IsOfCompany(layout.Headings[i]))
            )
            .ToHashSet();
        foreach (var kind in new[] { ImportField.Name, ImportField.Phone, ImportField.Email })
        {
            var mine = Enumerable.Range(0, fields.Length).Where(i => fields[i] is { } f && Kind(f) == kind).ToLookup(others.Contains);
            if (!mine[false].Any())
            {
                continue;
            }

            foreach (var i in mine[true])
            {
                fields[i] = fields[i] == ImportField.Name ? ImportField.Company : null;
            }
        }

        // Parts of the guest's name count before a name column that does not say whose name it is.
        var guests = Enumerable.Range(0, fields.Length).Where(i => HeadingWords.IsOfGuest(layout.Headings[i])).ToHashSet();
        var names = Enumerable.Range(0, fields.Length).Where(i => fields[i] == ImportField.Name).ToList();
        if (names.Exists(guests.Contains) || guests.Any(i => fields[i] is ImportField.GivenName or ImportField.FamilyName))
        {
            names.Where(i => !guests.Contains(i)).ToList().ForEach(i => fields[i] = null);
        }
    }

    // Next to a given name, "Name" is the family name (Vorname, Name; Prénom, Nom). Next to a family name, it is the given name (Nombre,
    // Apellidos).
    private static void Name(ImportField?[] fields)
    {
        var (given, family) = (fields.Contains(ImportField.GivenName), fields.Contains(ImportField.FamilyName));
        var name = Array.IndexOf(fields, ImportField.Name);
        if (name >= 0 && given != family)
        {
            fields[name] = given ? ImportField.FamilyName : ImportField.GivenName;
        }
    }

    // The first column of a field counts; opt-outs count beside it.
    private static void Single(FileLayout layout, ImportField?[] fields, ImportField field)
    {
        var those = Enumerable.Range(0, fields.Length).Where(i => fields[i] == field && !KnownHeadings.IsOptOut(layout.Headings[i]));
        foreach (var i in those.Skip(1).ToList())
        {
            fields[i] = null;
        }
    }
}

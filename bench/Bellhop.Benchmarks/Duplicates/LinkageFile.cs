using Bellhop.Features.Duplicates.Scoring;
using CsvHelper;

namespace Bellhop.Benchmarks.Duplicates;

/// <summary>
/// A file of records of which the truth is known. What a column means is told from its heading alone: a name, a day, an address; a heading
/// that is not known is words. Case, spaces and signs in a heading do not matter.
/// </summary>
public sealed class LinkageFile
{
    private static readonly string[] Names =
    [
        .. (string[])["name", "fullname", "givenname", "firstname", "forename", "fname", "middlename", "surname", "lastname"],
        .. (string[])["familyname", "lname", "firstandsurname", "guestname", "sitename", "restaurantname", "hotelname"],
    ];
    private static readonly string[] Dates = ["dob", "dateofbirth", "birthdate", "birthday"];
    private static readonly string[] Numbers = ["phone", "phonenumber", "telephone", "tel", "mobile", "socsecid", "ssn"];
    private static readonly string[] Emails = ["email", "emailaddress", "mail"];
    private static readonly string[] Streets =
    [
        .. (string[])["address", "addr", "street", "streetaddress", "streetname", "streetnumber", "address1", "address2"],
    ];

    /// <summary>The headings that say which records are one: the first that is there.</summary>
    private static readonly string[] Truths = ["cluster", "clusterid", "trueid", "entityid", "recid", "uniqueid", "class"];

    /// <summary>The headings that are no part of a record.</summary>
    private static readonly string[] Ids = ["id", "recid", "uniqueid", "source", "sourcedataset"];

    private LinkageFile(string name, List<FieldKind> kinds, List<GuestRecord> guests, List<string> truth) =>
        (Name, Kinds, Guests, Truth) = (name, kinds, guests, truth);

    public string Name { get; }
    public IReadOnlyList<FieldKind> Kinds { get; }
    public IReadOnlyList<GuestRecord> Guests { get; }

    /// <summary>For each record, who it is: equal for records of one.</summary>
    public IReadOnlyList<string> Truth { get; }

    /// <summary>Null when the file has no truth to compare with.</summary>
    public static LinkageFile? Read(string path)
    {
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false, TrimWhitespace = true });
        if (!reader.Read())
        {
            return null;
        }

        var columns = Enumerable.Range(0, reader.FieldCount).Select(c => Heading(Cell(c))).ToList();
        var truth = Array.Find(Truths, columns.Contains);
        if (truth is null || columns.Contains("uniqueidl"))
        {
            return null;
        }

        var fields = columns.Where(c => c != truth && !Ids.Contains(c) && c.Length > 0).GroupBy(Field).OrderBy(g => g.Key.Kind).ToList();
        fields = [.. fields.Where(f => f.Key.Name == "name"), .. fields.Where(f => f.Key.Name != "name")];
        var kinds = fields.ConvertAll(f => f.Key.Kind);
        var (guests, who) = (new List<GuestRecord>(), new List<string>());
        while (reader.Read())
        {
            guests.Add(new(kinds, fields.ConvertAll(f => (IReadOnlyList<string>)[.. f.Select(c => Cell(columns.IndexOf(c)))])));
            var id = Cell(columns.IndexOf(truth));
            who.Add(
                id.Length == 0 ? $"row {who.Count}" // of whom nothing is known is nobody else
                : truth == "recid" && id.Split('-') is [_, var number, _, ..] ? number
                : id
            );
        }

        return new(Path.GetFileName(path), kinds, guests, who);

        string Cell(int column) => column < reader.FieldCount ? reader.GetString(column) : "";
    }

#pragma warning disable CA1308 // headings are compared in lower case
    private static string Heading(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
#pragma warning restore CA1308

    private static (string Name, FieldKind Kind) Field(string column) =>
        Names.Contains(column) ? ("name", FieldKind.Name)
        : Streets.Contains(column) ? ("address", FieldKind.Words)
        : Dates.Contains(column) ? ("date", FieldKind.Date)
        : Numbers.Contains(column) ? (column, FieldKind.Number)
        : Emails.Contains(column) ? ("email", FieldKind.Email)
        : (column, FieldKind.Words);
}

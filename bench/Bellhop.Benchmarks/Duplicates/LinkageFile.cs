using Bellhop.Features.Duplicates.Scoring;
using CsvHelper;

namespace Bellhop.Benchmarks.Duplicates;

/// <summary>
/// A file of records of which the truth is known. What a column means is told from its heading alone: a name, a day, an address; a heading
/// that is not known is words.
/// </summary>
public sealed class LinkageFile
{
    private static readonly string[] Names = ["name", "given_name", "first_name", "surname", "last_name", "full_name", "middle_name"];
    private static readonly string[] Dates = ["dob", "date_of_birth", "birth_date"];
    private static readonly string[] Numbers = ["phone", "mobile", "soc_sec_id", "ssn"];
    private static readonly string[] Emails = ["email", "e_mail"];
    private static readonly string[] Streets = ["address", "street", "street_number", "address_1", "address_2"];

    /// <summary>The headings that say which records are one, the first that is there; and those that are no part of a record.</summary>
    private static readonly string[] Truths = ["cluster", "rec_id", "unique_id"];

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

        var columns = Enumerable.Range(0, reader.FieldCount).Select(Cell).ToList();
        var truth = Array.Find(Truths, columns.Contains);
        if (truth is null || columns.Contains("unique_id_l"))
        {
            return null;
        }

        var fields = columns.Where(c => !Truths.Contains(c) && c.Length > 0).GroupBy(Field).OrderBy(g => g.Key.Kind).ToList();
        fields = [.. fields.Where(f => f.Key.Name == "name"), .. fields.Where(f => f.Key.Name != "name")];
        var kinds = fields.ConvertAll(f => f.Key.Kind);
        var (guests, who) = (new List<GuestRecord>(), new List<string>());
        while (reader.Read())
        {
            guests.Add(new(kinds, fields.ConvertAll(f => (IReadOnlyList<string>)[.. f.Select(c => Cell(columns.IndexOf(c)))])));
            var id = Cell(columns.IndexOf(truth));
            who.Add(truth == "rec_id" ? id.Split('-')[1] : id);
        }

        return new(Path.GetFileName(path), kinds, guests, who);

        string Cell(int column) => column < reader.FieldCount ? reader.GetString(column) : "";
    }

    private static (string Name, FieldKind Kind) Field(string column) =>
        Names.Contains(column) ? ("name", FieldKind.Name)
        : Streets.Contains(column) ? ("address", FieldKind.Words)
        : Dates.Contains(column) ? ("date", FieldKind.Date)
        : Numbers.Contains(column) ? (column, FieldKind.Number)
        : Emails.Contains(column) ? ("email", FieldKind.Email)
        : (column, FieldKind.Words);
}

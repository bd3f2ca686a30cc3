using Bellhop.Data;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>What the columns of a file need to write a cell, and the names that rows share.</summary>
/// <param name="currency">The organisation's currency.</param>
internal sealed class CsvCells(string currency, BellhopDb db)
{
    private readonly BoundedCache<string, byte[]> _tagCells = new(1_000, StringComparer.Ordinal);
    private Dictionary<Guid, byte[]> _properties = [];
    private Dictionary<Guid, (int Rank, string Name)> _tags = [];

    public CsvBytes Csv { get; } = new();

    public byte[] Currency { get; } = CsvBytes.Cell(currency);

    /// <summary>The decimals of the currency's main unit.</summary>
    public int Decimals { get; } = Platform.Currency.Decimals(currency);

    /// <summary>The name of a property; null for one that was not asked about.</summary>
    public byte[]? Property(Guid id) => _properties.GetValueOrDefault(id);

    /// <summary>Writes the names of tags, from the ids in a row. Guests share few sets of tags, so cells are kept.</summary>
    public void Tags(string ids)
    {
        if (ids.Length == 0)
        {
            Csv.Nothing();
            return;
        }

        if (!_tagCells.TryGet(ids, out var cell))
        {
            var tags = GuidText.Read(ids).Select(id => _tags.GetValueOrDefault(id, (-1, ""))).Where(t => t.Item1 >= 0).Distinct().Order();
            cell = CsvBytes.Cell(TagCell.Write(tags.Select(t => t.Item2)));
            _tagCells.Set(ids, cell);
        }

        Csv.Ready(cell);
    }

    /// <summary>Reads the names of properties and tags, which rows hold as ids.</summary>
    public async Task ReadNames(ContactScope scope, CancellationToken cancel)
    {
        var properties = await db.Read(
            $"SELECT id, name FROM properties WHERE organization_id = {scope.OrganizationId}",
            row => (Id: row.Id(), Name: row.Text()),
            cancel
        );
        _properties = properties.Where(p => scope.Properties?.Contains(p.Id) ?? true).ToDictionary(p => p.Id, p => CsvBytes.Cell(p.Name));
        var tags = await db.Read(
            $"SELECT id, name FROM tags WHERE organization_id = {scope.OrganizationId} ORDER BY name_key",
            row => (Id: row.Id(), Name: row.Text()),
            cancel
        );
        _tags = tags.Select((t, rank) => (t.Id, rank, t.Name)).ToDictionary(t => t.Id, t => (t.rank, t.Name));
    }
}

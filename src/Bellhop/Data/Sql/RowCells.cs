using System.Data.Common;

namespace Bellhop.Data;

/// <summary>The cells of a result's current row, in this engine's own fastest way. Each is null where the cell is NULL.</summary>
internal abstract class RowCells
{
    public abstract bool IsNull(int column);

    public abstract string? Text(int column);

    public abstract Guid? Id(int column);

    /// <summary>A number, or a yes (1) or no (0).</summary>
    public abstract long? Number(int column);

    public abstract bool? Flag(int column);

    /// <summary>UTC.</summary>
    public abstract DateTime? Instant(int column);

    public abstract DateOnly? Day(int column);
}

/// <summary>Cells as the driver reads them.</summary>
internal sealed class DriverCells(DbDataReader reader, SqlDialect dialect) : RowCells
{
    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override string? Text(int column) => IsNull(column) ? null : reader.GetString(column);

    public override Guid? Id(int column) => IsNull(column) ? null : dialect.Id(reader, column);

    public override long? Number(int column) => IsNull(column) ? null : reader.GetInt64(column);

    public override bool? Flag(int column) => IsNull(column) ? null : reader.GetBoolean(column);

    public override DateTime? Instant(int column) => IsNull(column) ? null : dialect.Instant(reader, column);

    public override DateOnly? Day(int column) => IsNull(column) ? null : dialect.Day(reader, column);
}

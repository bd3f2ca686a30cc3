namespace Bellhop.Data;

/// <summary>Writes rows that tests and benchmarks start from.</summary>
public abstract partial class BellhopDb
{
    private bool _isArranging;

    /// <summary>Writes rows that tests and benchmarks start from. No actor made them, so no event is needed.</summary>
    internal async Task<T> Arrange<T>(Func<Task<T>> block)
    {
        _isArranging = true;
        try
        {
            return await Save(block);
        }
        finally
        {
            _isArranging = false;
        }
    }

    /// <inheritdoc cref="Arrange{T}(Func{Task{T}})"/>
    internal Task Arrange(Func<Task> block) =>
        Arrange(async () =>
        {
            await block();
            return true;
        });
}

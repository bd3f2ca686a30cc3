namespace Bellhop.Data;

/// <summary>Rows that nobody made: what tests and benchmarks start from.</summary>
public abstract partial class BellhopDb
{
    private bool _isArranging;

    /// <summary>Puts rows in place that tests and benchmarks start from: nobody did anything, so there is no event.</summary>
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

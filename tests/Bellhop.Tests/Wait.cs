namespace Bellhop.Tests;

/// <summary>Waits for what another thread, process or server does, never for ever: a test that stands still stops the whole run.</summary>
internal static class Wait
{
    /// <summary>So long, since a machine may be busy with other tests.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(3);

    /// <summary>Asks again and again until it is so; fails with what is said where it does not come.</summary>
    public static async Task Until(Func<Task<bool>> isSo, Func<string>? what = null)
    {
        for (var end = DateTime.UtcNow + Most; !await isSo(); await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            DateTime.UtcNow.ShouldBeLessThan(end, what?.Invoke() ?? "it did not happen");
        }
    }

    /// <summary>Asks again and again until it is so.</summary>
    public static Task Until(Func<bool> isSo, Func<string>? what = null) => Until(() => Task.FromResult(isSo()), what);

    /// <summary>Waits for a step of other work.</summary>
    public static Task For(Task step) => step.WaitAsync(Most, TestContext.Current.CancellationToken);
}

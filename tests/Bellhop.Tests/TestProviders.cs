using Bellhop.Providers;

namespace Bellhop.Tests;

/// <summary>The providers' stand-in that every app of a run calls: no test calls a provider. Each test has accounts of its own.</summary>
internal static class TestProviders
{
    private static readonly Lazy<StandIn> Started = new(() => Task.Run(() => StandIn.Start("http://127.0.0.1:0")).GetAwaiter().GetResult());

    public static StandIn Shared => Started.Value;
}

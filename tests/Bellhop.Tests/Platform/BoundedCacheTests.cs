using Bellhop.Platform;

namespace Bellhop.Tests.Platform;

public class BoundedCacheTests
{
    [Fact]
    public void Keeps_no_more_than_it_may_and_always_what_came_last()
    {
        var cache = new BoundedCache<int, string>(10);
        for (var i = 0; i < 1_000; i++)
        {
            cache.Set(i, $"{i}");
            cache.TryGet(i, out var kept).ShouldBeTrue();
            kept.ShouldBe($"{i}");
            Enumerable.Range(0, i + 1).Count(k => cache.TryGet(k, out _)).ShouldBeLessThanOrEqualTo(10);
        }
    }

    [Fact]
    public void What_is_set_again_or_removed_takes_no_place()
    {
        var cache = new BoundedCache<string, int>(3, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < 100; i++)
        {
            cache.Set("a", i);
            cache.Set("b", i);
            cache.Remove("B");
        }

        cache.TryGet("A", out var last).ShouldBeTrue();
        last.ShouldBe(99);
        cache.TryGet("b", out _).ShouldBeFalse();
        cache.Clear();
        cache.TryGet("a", out _).ShouldBeFalse();
    }
}

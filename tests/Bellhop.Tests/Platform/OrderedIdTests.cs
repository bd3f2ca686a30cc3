using Bellhop.Platform;

namespace Bellhop.Tests.Platform;

public class OrderedIdTests
{
    [Fact]
    public void Each_id_is_greater_than_all_before_it_however_many_a_millisecond_brings()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => OrderedId.Next()).ToList();

        // As text, which is how both databases order them.
        ids.Select(id => id.ToString("N")).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        ids.ShouldAllBe(id => id.Version == 7 && id.Variant >= 8 && id.Variant < 12);
        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    [Fact]
    public async Task Several_at_once_never_make_one_id_twice()
    {
        var made = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => OrderedId.Next()).ToList()))
        );
        foreach (var one in made)
        {
            one.Select(id => id.ToString("N")).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        }

        made.SelectMany(ids => ids).Distinct().Count().ShouldBe(20_000);
    }
}

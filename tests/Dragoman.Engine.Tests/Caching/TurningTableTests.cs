using Dragoman.Engine.Caching;

namespace Dragoman.Engine.Tests.Caching;

public sealed class TurningTableTests
{
    private readonly TurningTable<int, object> _table = new(capacity: 20);

    [Fact]
    public void It_gives_the_object_that_was_added_first()
    {
        var first = _table.GetOrAdd(1, static () => new());

        Assert.Same(first, _table.GetOrAdd(1, static () => new()));
        Assert.True(_table.TryGet(1, out var found));
        Assert.Same(first, found);
        Assert.False(_table.TryGet(2, out _));
    }

    [Fact]
    public void An_object_is_found_until_half_the_capacity_came_twice_after_it()
    {
        var first = _table.GetOrAdd(0, static () => new());
        for (var key = 1; key < 19; key++)
        {
            _table.GetOrAdd(key, static () => new());
            Assert.True(_table.TryGet(0, out var found));
            Assert.Same(first, found);
        }

        _table.GetOrAdd(19, static () => new());
        Assert.False(_table.TryGet(0, out _));
        Assert.NotSame(first, _table.GetOrAdd(0, static () => new()));
    }

    [Fact]
    public void What_turns_out_heavy_makes_the_others_go_sooner()
    {
        _table.GetOrAdd(0, static () => new());
        _table.Weigh(9);
        Assert.True(_table.TryGet(0, out _));
        _table.Weigh(10);
        Assert.False(_table.TryGet(0, out _));
    }

    [Fact]
    public void What_is_removed_is_gone_from_both_generations()
    {
        _table.GetOrAdd(0, static () => new());
        _table.Remove(0);
        Assert.False(_table.TryGet(0, out _));

        _table.GetOrAdd(1, static () => new());
        _table.Weigh(10);
        _table.Remove(1);
        Assert.False(_table.TryGet(1, out _));
    }
}

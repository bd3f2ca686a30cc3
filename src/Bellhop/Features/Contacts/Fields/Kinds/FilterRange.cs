using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>A least and a most of one figure.</summary>
internal abstract class FilterRange
{
    /// <summary>The filter with the lesser value first.</summary>
    public abstract ContactFilter InOrder(ContactFilter filter);

    /// <summary>Adds an error when the least is more than the most.</summary>
    public abstract void Check(ContactFilter filter, QueryReading read);
}

internal sealed class FilterRange<T>(Parameter<T?> least, Parameter<T?> most) : FilterRange
    where T : struct, IComparable<T>
{
    public Parameter<T?> Least => least;
    public Parameter<T?> Most => most;

    public override ContactFilter InOrder(ContactFilter filter) =>
        least.Of(filter) is { } a && most.Of(filter) is { } b && a.CompareTo(b) > 0 ? least.With(most.With(filter, a), b) : filter;

    public override void Check(ContactFilter filter, QueryReading read) =>
        read.InOrder(least.Name, least.Of(filter), most.Name, most.Of(filter));
}

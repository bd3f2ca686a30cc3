namespace Bellhop.Features.Duplicates;

/// <summary>Whose values two guests keep who stand side by side, and which of the two is kept.</summary>
internal sealed class MergeChoices
{
    private readonly Dictionary<string, Guid> _whose = new(StringComparer.Ordinal);

    /// <summary>Whose value is kept, by the field's name.</summary>
    public IReadOnlyDictionary<string, Guid> Whose => _whose;

    /// <summary>The choices as the use case takes them.</summary>
    public KeepValues Keep(PreviewMerge.Row both) => MergeField.Keep(f => _whose.GetValueOrDefault(f) == both.Other.Id);

    /// <summary>The kept guest stands first: the older one, unless the address says otherwise.</summary>
    /// <param name="kept">What the address says.</param>
    public static PreviewMerge.Row Sided(PreviewMerge.Row both, string? kept)
    {
        var first = Guid.TryParse(kept, out var said) && (said == both.This.Id || said == both.Other.Id) ? said : Older(both).Id;
        return both.This.Id == first ? both : both with { This = both.Other, Other = both.This };
    }

    public static PreviewMerge.Side Older(PreviewMerge.Row both) =>
        (both.This.CreatedAt, both.This.Id).CompareTo((both.Other.CreatedAt, both.Other.Id)) < 0 ? both.This : both.Other;

    public void Clear() => _whose.Clear();

    /// <summary>Where nothing is chosen yet: the kept guest's value, or the only one there is.</summary>
    public void Suggest(PreviewMerge.Row both)
    {
        foreach (var field in MergeField.All.Where(f => !_whose.ContainsKey(f.Name)))
        {
            if ((field.Of(both.This) ?? field.Of(both.Other)) is not null)
            {
                _whose[field.Name] = field.Of(both.This) is null ? both.Other.Id : both.This.Id;
            }
        }
    }

    /// <summary>Takes a guest's value, where the guest has one.</summary>
    /// <param name="name">The field; null for all of them.</param>
    public void Take(PreviewMerge.Row both, string? name, Guid guest)
    {
        var side = both.This.Id == guest ? both.This : both.Other;
        foreach (var field in MergeField.All.Where(f => (name is null || f.Name == name) && f.Of(side) is not null))
        {
            _whose[field.Name] = guest;
        }
    }
}

namespace Bellhop.Platform.Web;

/// <summary>The query parameters a route knows; one that may be given several times ends in <c>*</c>.</summary>
internal sealed record QueryNames(IReadOnlyList<string> Names);

/// <summary>The largest body a route takes.</summary>
internal sealed record BodyLimit(long Bytes);

/// <summary>The permissions of which a route's caller must hold one.</summary>
internal sealed record NeededPermissions(IReadOnlyList<Permission> AnyOf)
{
    /// <exception cref="Refusal">403.</exception>
    public void Demand(Actor who)
    {
        if (!AnyOf.Any(who.Can))
        {
            who.Demand(AnyOf[0]);
        }
    }
}

internal static class StrictQuery
{
    private const int NameMax = 100;

    /// <summary>Refuses parameters that the route does not know, and parameters that are given twice but allowed once.</summary>
    /// <param name="given">The request's parameters.</param>
    /// <param name="known">The exact names, and whether each may be given several times.</param>
    /// <exception cref="Refusal">400.</exception>
    public static void Demand(IQueryCollection given, IReadOnlyDictionary<string, bool> known)
    {
        if (given.Count == 0)
        {
            return;
        }

        var errors = new ValidationErrors();
        foreach (var (name, values) in given)
        {
            if (!known.TryGetValue(name, out var several))
            {
                errors.Add(name.Length > NameMax ? name[..NameMax] : name, "Unknown");
            }
            else if (values.Count > 1 && !several)
            {
                errors.Add(name, ErrorText.Of<WebTexts>("Query.Twice"));
            }
        }

        errors.Refuse();
    }
}

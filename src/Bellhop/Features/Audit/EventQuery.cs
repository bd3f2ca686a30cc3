using System.Reflection;
using Bellhop.Platform;

namespace Bellhop.Features.Audit;

/// <summary>Which events a list or file of the audit log shows.</summary>
/// <param name="Kind">The kind of the changed row, such as <c>booking</c>.</param>
/// <param name="EntityId">The id of the changed row.</param>
/// <param name="WhoId">The id of the person or key who did it.</param>
/// <param name="Refused">True for refusals only, false for all but refusals.</param>
/// <param name="From">The first day, in the organisation's zone.</param>
/// <param name="To">The last day, in the organisation's zone.</param>
public sealed record EventQuery(
    string? Kind = null,
    Guid? EntityId = null,
    Guid? WhoId = null,
    bool? Refused = null,
    DateOnly? From = null,
    DateOnly? To = null
)
{
    /// <summary>The action of a refusal.</summary>
    internal const string RefusedAction = "access.refused";

    /// <summary>The names of its query parameters.</summary>
    public static readonly string[] Names = ["kind", "entityId", "whoId", "refused", "from", "to"];

    /// <summary>Which page of the list.</summary>
    public PageQuery Page { get; init; } = new();

    private ValidationErrors? Wrong { get; init; }

    /// <summary>Lets a route take it as a plain parameter.</summary>
    public static ValueTask<EventQuery?> BindAsync(HttpContext http, ParameterInfo _) =>
        ValueTask.FromResult<EventQuery?>(Read(http.Request.Query));

    /// <summary>Reads the parameters. It does not refuse; the use case does, after its permission check.</summary>
    public static EventQuery Read(IQueryCollection query)
    {
        var errors = new ValidationErrors();
        var page = PageQuery.Read(query, errors, Names);
        var read = new QueryReading(query, errors);
        var (from, to) = (read.Day("from"), read.Day("to"));
        read.InOrder("from", from, "to", to);
        return new(read.Text("kind", 32), read.Id("entityId"), read.Id("whoId"), read.YesNo("refused"), from, to)
        {
            Page = page,
            Wrong = errors,
        };
    }

    /// <exception cref="Refusal">400 listing everything wrong with the parameters.</exception>
    internal void Refuse() => Wrong?.Refuse();

    /// <summary>What a cursor is bound to: another question refuses it.</summary>
    internal string Binding => $"{Kind}/{EntityId}/{WhoId}/{Refused}/{From:O}/{To:O}";
}

using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>A condition whose SQL is made anew for each question, with its values.</summary>
/// <param name="Holds">The condition on the contact <c>c</c>.</param>
/// <param name="Guests">SELECT of the ids of the guests that meet it, each once, for a list of few; null when no index finds
/// them.</param>
internal sealed record BesideGuest(Sql Holds, Sql? Guests = null)
{
    /// <summary>The guest's own column is one of some texts.</summary>
    public static BesideGuest OneOf(GuestColumn column, IReadOnlyList<string> texts, ContactScope scope)
    {
        var name = Sql.Name(column.Name);
        Sql of = $"IN ({Sql.Join(", ", texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(t => Sql.Of($"{t}")))})";
        return new($"c.{name} {of}", $"SELECT id FROM contacts WHERE organization_id = {scope.OrganizationId} AND {name} {of}");
    }
}

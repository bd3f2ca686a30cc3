using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The values that one read of guests gives to the holes of its SQL.</summary>
internal sealed class GuestValues(ContactScope scope, ContactQuery query) : ISoughtTexts
{
    public ContactScope Scope => scope;

    public ContactQuery Query => query;

    public IReadOnlyList<string> Spellings => query.Terms.Spellings;

    /// <summary>The sort's key of the guest after whom a page continues.</summary>
    public object? Key { get; init; }

    /// <summary>The guest after whom a page continues.</summary>
    public Guid After { get; init; }

    /// <summary>The only guest to read.</summary>
    public Guid Contact { get; init; }
}

/// <summary>Holes for the values of <see cref="GuestValues"/>. They are here because declarations of fields use them too.</summary>
internal static class GuestHoles
{
    public static Sql Organization { get; } = SqlHole.For<GuestValues>(v => v.Scope.OrganizationId);
    public static Sql Key { get; } = SqlHole.For<GuestValues>(v => v.Key!);
    public static Sql Contact { get; } = SqlHole.For<GuestValues>(v => v.Contact);
    public static Sql After { get; } = SqlHole.For<GuestValues>(v => v.After);
    public static SqlHoles<GuestValues> Properties { get; } = new((v, at) => v.Scope.Properties![at]);

    /// <summary>Today at each of <see cref="Properties"/>.</summary>
    public static SqlHoles<GuestValues> Todays { get; } = new((v, at) => v.Scope.Todays[at]);
    public static SqlHoles<GuestValues> Sources { get; } = new((v, at) => v.Query.Sources[at]);
    public static SqlHoles<GuestValues> AnyTags { get; } = new((v, at) => v.Query.AnyTags[at]);
    public static SqlHoles<GuestValues> AllTags { get; } = new((v, at) => v.Query.AllTags[at]);
    public static SqlHoles<GuestValues> NoTags { get; } = new((v, at) => v.Query.NoTags[at]);
    public static SqlHoles<GuestValues> FromTags { get; } = new((v, at) => v.Query.FromTags[at]);
    public static SqlHoles<GuestValues> KnownAt { get; } = new((v, at) => v.Query.KnownAt[at]);
}

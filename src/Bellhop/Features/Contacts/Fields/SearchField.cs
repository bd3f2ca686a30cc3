namespace Bellhop.Features.Contacts;

/// <summary>What is looked for in name, e-mail and phone; <see cref="ContactQuery"/> knows how.</summary>
internal static class SearchField
{
    public static Parameter<string?> Text { get; } =
        new("q", f => f.Q, (f, v) => f with { Q = v }, ParameterKinds.Text(ContactFilter.SearchMax)) { OfApi = true, Place = 0 };

    public static Condition Condition { get; } =
        new("search", Text)
        {
            Chip = (f, _) => f.Q!,
            Editor = new TextEditor("q", Text, ContactFilter.SearchMax, "Search.Hint"),
            Kind = "Text",
            KindPlace = 18,
        };
}

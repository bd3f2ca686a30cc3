using System.Globalization;
using System.Text.Json.Nodes;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>A kind of value: how it is read from a request, and written into addresses and segments.</summary>
internal sealed record ParameterKind<T>(
    JsonShape? Shape,
    Func<QueryReading, string, T?> Read,
    Func<T, IEnumerable<string>> Write,
    Func<T, JsonNode?> ToJson,
    bool Repeats = false
);

/// <summary>All kinds of values.</summary>
internal static class ParameterKinds
{
    public static ParameterKind<bool?> YesNo { get; } =
        new(JsonShape.YesNo, (read, name) => read.YesNo(name), value => [value == true ? "true" : "false"], value => value);

    public static ParameterKind<decimal?> Amount { get; } =
        new(
            JsonShape.Number,
            (read, name) => read.Amount(name),
            value => [value!.Value.ToString("0.###", CultureInfo.InvariantCulture)],
            value => value
        );

    public static ParameterKind<DateOnly?> Day { get; } =
        new(JsonShape.Text, (read, name) => read.Day(name), value => [value!.Value.Iso()], value => value!.Value.Iso());

    public static ParameterKind<int?> Whole(int min = 0, int max = int.MaxValue) =>
        new(
            JsonShape.Number,
            (read, name) => read.Whole(name, min, max),
            value => [value!.Value.ToString(CultureInfo.InvariantCulture)],
            value => value
        );

    public static ParameterKind<string?> Text(int max) =>
        new(JsonShape.Text, (read, name) => read.Text(name, max), value => [value!], value => value);

    /// <summary>Any of several codes.</summary>
    /// <param name="wrong">What is wrong with a text that is no code.</param>
    public static ParameterKind<IReadOnlyList<string>?> Codes(Func<string, ErrorText?> wrong) =>
        new(
            JsonShape.Texts,
            (read, name) => read.Codes(name, wrong),
            values => values!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Array,
            Repeats: true
        );

    /// <summary>Any of some values, each under a spelling of its own.</summary>
    public static ParameterKind<IReadOnlyList<T>?> Spelled<T>(IReadOnlyList<T> values, Func<T, string> spelled)
        where T : struct, Enum =>
        new(
            JsonShape.Texts,
            (read, name) => read.AnyOf(name, values, spelled),
            chosen => chosen!.Distinct().Order().Select(spelled),
            chosen => Array(chosen!.Select(spelled)),
            Repeats: true
        );

    /// <summary>Any of several texts, in any order.</summary>
    public static ParameterKind<IReadOnlyList<string>?> Texts(int max) =>
        new(
            JsonShape.Texts,
            (read, name) => read.Texts(name, max),
            values => values!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Array,
            Repeats: true
        );

    public static ParameterKind<IReadOnlyList<Guid>?> Ids { get; } =
        new(
            JsonShape.Texts,
            (read, name) => read.Ids(name),
            values => values!.Distinct().Order().Select(id => id.ToString("D")),
            values => Array(values!.Select(id => id.ToString("D"))),
            Repeats: true
        );

    /// <summary>Any of an enum's values.</summary>
    public static ParameterKind<IReadOnlyList<T>?> Names<T>()
        where T : struct, Enum =>
        new(
            JsonShape.Texts,
            (read, name) => read.Names<T>(name),
            values => values!.Distinct().Order().Select(v => v.ToString()),
            values => Array(values!.Select(v => v.ToString())),
            Repeats: true
        );

    private static JsonArray Array(IEnumerable<string>? values) => [.. values!.Select(v => (JsonNode)v)];
}

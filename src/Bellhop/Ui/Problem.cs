using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Ui;

/// <summary>What went wrong, in the viewer's words.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Text">What to do next.</param>
/// <param name="MayRetry">Whether another try may help.</param>
public sealed record Problem(string Title, string Text, bool MayRetry)
{
    /// <summary>The refusal behind it; null for a failure of Bellhop.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>The error of a field; null if there is none.</summary>
    public string? With(string field) => _errors.GetValueOrDefault(field);

    public bool HasFields => _errors.Count > 0;

    private IReadOnlyDictionary<string, string> _errors = new Dictionary<string, string>();

    public static Problem Of(Refusal refusal, IStringLocalizerFactory words)
    {
        var ui = words.Create(typeof(UiTexts));
        var problem = refusal.Status switch
        {
            403 when refusal.Extra.GetValueOrDefault("permission") is string permission => new Problem(
                ui["Refused.Title"],
                ui["Refused.Permission", ui["Permission." + permission].Value],
                false
            ),
            403 => new Problem(ui["Refused.Title"], words.Say(refusal.Title), false),
            404 => new Problem(ui["NotFound.Title"], ui["NotFound.Text"], false),
            _ => new Problem(words.Say(refusal.Title), "", false),
        };
        return problem with
        {
            Refusal = refusal,
            _errors = refusal.Errors.ToDictionary(e => e.Key, e => string.Join(' ', e.Value.Select(words.Say)), StringComparer.Ordinal),
        };
    }

    /// <param name="number">The number under which the log has the error.</param>
    public static Problem Failed(string number, IStringLocalizerFactory words)
    {
        var ui = words.Create(typeof(UiTexts));
        return new(ui["Failed.Title"], ui["Failed.Text", number], true);
    }
}

public static class ErrorWords
{
    /// <summary>An error in the viewer's language.</summary>
    public static string Say(this IStringLocalizerFactory words, ErrorText error) =>
        words.Create(error.Texts)[
            error.Key,
            [.. error.Args.Select(a => a is Named named ? string.Join(", ", named.Words.Select(words.Say)) : a)]
        ];
}

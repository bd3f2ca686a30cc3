namespace Bellhop.Platform;

/// <summary>One error as a text key with its arguments, so that it can be shown in the viewer's language.</summary>
public sealed record ErrorText(Type Texts, string Key, params object[] Args)
{
    public static ErrorText Of<TTexts>(string key, params object[] args) => new(typeof(TTexts), key, args);
}

/// <summary>An argument that has an API name and, for pages, words in the viewer's language.</summary>
public sealed record Named(string Names, params IReadOnlyList<ErrorText> Words)
{
    public override string ToString() => Names;
}

/// <summary>
/// A use case says no and has changed nothing. The edge (REST, page, command line) shows it in its own way; over REST it is an RFC 9457
/// problem.
/// </summary>
public sealed class Refusal : Exception
{
    private Refusal(int status, string type, ErrorText title)
        : base($"{status} {type}")
    {
        Status = status;
        Type = type;
        Title = title;
    }

    /// <summary>The matching HTTP status.</summary>
    public int Status { get; }

    /// <summary>A short name of the kind of problem, such as <c>duplicate-contact</c>.</summary>
    public string Type { get; }

    public ErrorText Title { get; }

    /// <summary>The errors of each field. Field paths are in camelCase, with dots.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ErrorText>> Errors { get; private init; } =
        new Dictionary<string, IReadOnlyList<ErrorText>>();

    /// <summary>Members of the problem beside the standard ones, such as <c>contactId</c>.</summary>
    public IReadOnlyDictionary<string, object?> Extra { get; private init; } = new Dictionary<string, object?>();

    /// <summary>The seconds to wait before another try; null if another try does not help.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>What was asked for, for the audit row of a 403 or 404: an entity's kind and id, never its values.</summary>
    public (string Kind, Guid? Id) About { get; private init; } = ("", null);

    public static Refusal NotSignedIn() => new(401, "not-signed-in", Say(nameof(NotSignedIn)));

    public static Refusal NotAllowed(Permission permission) =>
        new(403, "not-allowed", Say(nameof(NotAllowed), permission.Name))
        {
            Extra = new Dictionary<string, object?> { ["permission"] = permission.Name },
        };

    /// <summary>The organisation asks for a second factor, and the person has none yet.</summary>
    public static Refusal SecondFactorNeeded() => new(403, "second-factor-needed", Say(nameof(SecondFactorNeeded)));

    /// <summary>Refuses by a rule beyond the permission table, for example that only an owner may do this.</summary>
    public static Refusal Forbidden(ErrorText why, string kind = "", Guid? id = null) =>
        new(403, "not-allowed", why) { About = (kind, id) };

    /// <summary>Refuses what the organisation lets happen only with somebody's approval.</summary>
    /// <param name="action">What needs the approval.</param>
    /// <param name="subject">Names what exactly is to be done, so that the approval is for this alone.</param>
    public static Refusal ApprovalNeeded(ErrorText why, string action, string subject) =>
        new(403, "approval-needed", why)
        {
            Extra = new Dictionary<string, object?> { ["action"] = action, ["subject"] = subject },
            About = ("approval", null),
        };

    /// <summary>Refuses to change a shared thing that is also used at properties the actor does not see. It does not say where.</summary>
    public static Refusal UsedElsewhere(string kind, Guid id) =>
        new(403, "used-elsewhere", Say(nameof(UsedElsewhere))) { About = (kind, id) };

    /// <summary>The same answer for what does not exist and for what the actor may not see.</summary>
    public static Refusal NotThere(string kind = "", Guid? id = null) =>
        new(404, "not-found", Say(nameof(NotThere))) { About = (kind, id) };

    public static Refusal Invalid(IReadOnlyDictionary<string, IReadOnlyList<ErrorText>> errors) =>
        new(400, "invalid", Say(nameof(Invalid))) { Errors = errors };

    public static Refusal Invalid(string field, ErrorText error) =>
        Invalid(new Dictionary<string, IReadOnlyList<ErrorText>> { [field] = [error] });

    public static Refusal Conflict(string type, ErrorText title, params (string Name, object? Value)[] extra) =>
        new(409, type, title) { Extra = extra.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal) };

    public static Refusal StillRunning() => new(409, "still-running", Say(nameof(StillRunning))) { RetryAfter = 1 };

    /// <summary>If-Match named another version than the stored one.</summary>
    public static Refusal Changed() => new(412, "changed-meanwhile", Say(nameof(Changed)));

    /// <summary>Too much at once; <paramref name="seconds"/> says when to try again.</summary>
    public static Refusal TooMany(int seconds) => new(429, "too-many", Say(nameof(TooMany))) { RetryAfter = seconds };

    /// <summary>Refusals of the edges themselves, such as a body that is too large.</summary>
    internal static Refusal Of(int status, string type, ErrorText title, int? retryAfter = null) =>
        new(status, type, title) { RetryAfter = retryAfter };

    public static Refusal OtherBody() => new(422, "idempotency-key-reused", Say(nameof(OtherBody)));

    /// <summary>The caller did not prove who they are.</summary>
    public static Refusal NotProved(ErrorText why) => new(401, "not-signed-in", why);

    private static ErrorText Say(string key, params object[] args) => ErrorText.Of<PlatformTexts>("Refusal." + key, args);
}

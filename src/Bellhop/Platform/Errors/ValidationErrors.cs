using System.Globalization;

namespace Bellhop.Platform;

/// <summary>Collects everything wrong with an input, so that one answer can list it all.</summary>
public sealed class ValidationErrors
{
    private readonly Dictionary<string, List<ErrorText>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    /// <summary>Every error with its field.</summary>
    public IEnumerable<(string Field, ErrorText Error)> All => _errors.SelectMany(e => e.Value.Select(error => (e.Key, error)));

    public void Add(string field, ErrorText error)
    {
        if (!_errors.TryGetValue(field, out var list))
        {
            _errors[field] = list = [];
        }

        list.Add(error);
    }

    /// <summary>Adds another collection's errors, with a prefix before their field names.</summary>
    public void Take(string prefix, ValidationErrors inner)
    {
        foreach (var (field, errors) in inner._errors)
        {
            errors.ForEach(error => Add(prefix + field, error));
        }
    }

    public void Add(string field, string platformKey, params object[] args) =>
        Add(field, ErrorText.Of<PlatformTexts>("Error." + platformKey, args));

    /// <summary>A text as it may be stored: trimmed, NFC, null for blank. Control characters, too long and missing are errors.</summary>
    public string? Text(string field, string? raw, int max, bool required = false, bool multiline = false)
    {
        var (value, error) = Platform.Text.Clean(raw, multiline);
        if (error is { } wrong)
        {
            Add(field, "Text." + wrong);
            return null;
        }

        if (value is null && required)
        {
            Add(field, "Required");
        }
        else if (value?.Length > max)
        {
            Add(field, "TooLong", max);
        }

        return value;
    }

    /// <summary>A guest's name as it may be stored: as <see cref="Text"/>, in one line.</summary>
    public string? Name(string field, string? raw, int max) => Text(field, Platform.Text.OneLine(raw), max);

    /// <summary>A day written <c>YYYY-MM-DD</c> within the accepted years; otherwise null and an error.</summary>
    public DateOnly? Day(string field, string? raw)
    {
        if (Clock.ReadDay(raw) is not { } day)
        {
            Add(field, LooksLikeDay(raw) ? "NoSuchDay" : "Day", raw ?? "");
            return null;
        }

        if (day < Clock.Earliest || day > Clock.Latest)
        {
            Add(field, "DayRange", Clock.Earliest.Year, Clock.Latest.Year);
            return null;
        }

        return day;
    }

    // For example 2023-02-29: the form of a day, but not in the calendar.
    private static bool LooksLikeDay(string? raw) =>
        raw is { Length: 10 } && raw[4] == '-' && raw[7] == '-' && raw.Where((_, i) => i is not (4 or 7)).All(char.IsAsciiDigit);

    /// <summary>A whole number within bounds, both included.</summary>
    public void Range(string field, long? value, long min, long max)
    {
        if (value < min || value > max)
        {
            Add(field, "Range", min, max);
        }
    }

    /// <exception cref="Refusal">400 listing every error, if there is any.</exception>
    public void Refuse()
    {
        if (Any)
        {
            throw Refusal.Invalid(_errors.ToDictionary(e => e.Key, e => (IReadOnlyList<ErrorText>)e.Value, StringComparer.Ordinal));
        }
    }
}

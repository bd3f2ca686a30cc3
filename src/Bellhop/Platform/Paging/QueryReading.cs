using System.Globalization;

namespace Bellhop.Platform;

/// <summary>Reads a request's query parameters strictly: each wrong one is an error under its name, and null.</summary>
public sealed class QueryReading(IQueryCollection query, ValidationErrors errors)
{
    /// <summary>Adds an error for every parameter whose name is none of <paramref name="known"/>.</summary>
    public static void RefuseOthers(IQueryCollection query, ValidationErrors errors, params IEnumerable<string> known)
    {
        foreach (var name in query.Keys.Where(k => !known.Contains(k, StringComparer.Ordinal)))
        {
            errors.Add(name, "Unknown");
        }
    }

    /// <summary>A clean text; an empty one is none.</summary>
    public string? Text(string name, int max)
    {
        var text = errors.Text(name, One(name), max);
        return text?.Length > max ? null : text;
    }

    /// <summary>Clean texts; the parameter may stand several times.</summary>
    public IReadOnlyList<string>? Texts(string name, int max)
    {
        var values = new List<string>();
        foreach (var raw in query[name])
        {
            if (errors.Text(name, raw, max, required: true) is { } text && text.Length <= max)
            {
                values.Add(text);
            }
        }

        return values.Count == 0 ? null : [.. values.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A whole number, zero or more.</summary>
    public int? Whole(string name) => Whole(name, 0, int.MaxValue);

    /// <summary>A whole number within bounds, both included.</summary>
    public int? Whole(string name, int min, int max)
    {
        if (One(name) is not { } text)
        {
            return null;
        }

        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max
        )
        {
            return number;
        }

        errors.Add(name, "Range", min, max);
        return null;
    }

    /// <summary>An amount in a currency's main unit; the caller, who knows the currency, checks its decimals.</summary>
    public decimal? Amount(string name)
    {
        if (One(name) is not { } text)
        {
            return null;
        }

        if (
            !decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var amount
            )
        )
        {
            errors.Add(name, "Amount");
            return null;
        }

        if (Math.Abs(amount) > MoneyInput.Most)
        {
            errors.Add(name, "AmountTooLarge");
            return null;
        }

        return amount;
    }

    /// <summary>A day written <c>YYYY-MM-DD</c>.</summary>
    public DateOnly? Day(string name) => One(name) is { } text ? errors.Day(name, text) : null;

    public bool? YesNo(string name)
    {
        switch (One(name))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                errors.Add(name, "OneOf", "true, false");
                return null;
        }
    }

    /// <summary>Names of an enum, exactly as they are; the parameter may stand several times.</summary>
    public IReadOnlyList<T>? Names<T>(string name)
        where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var text in query[name])
        {
            if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
            {
                values.Add(Enum.Parse<T>(text!));
            }
            else
            {
                errors.Add(name, "OneOf", string.Join(", ", Enum.GetNames<T>()));
                return null;
            }
        }

        return values.Count == 0 ? null : [.. values.Distinct()];
    }

    /// <summary>Codes; the parameter may stand several times.</summary>
    /// <param name="wrong">What is wrong with a text that is no code; null for nothing.</param>
    public IReadOnlyList<string>? Codes(string name, Func<string, ErrorText?> wrong)
    {
        var values = new List<string>();
        foreach (var text in query[name])
        {
            if (wrong(text ?? "") is { } error)
            {
                errors.Add(name, error);
                return null;
            }

            values.Add(text!);
        }

        return values.Count == 0 ? null : [.. values.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Some of an enum's values, each under a spelling of its own; the parameter may stand several times.</summary>
    public IReadOnlyList<T>? AnyOf<T>(string name, IReadOnlyList<T> values, Func<T, string> spelled)
        where T : struct, Enum
    {
        var chosen = new List<T>();
        foreach (var text in query[name])
        {
            var at = values.ToList().FindIndex(v => spelled(v) == text);
            if (at < 0)
            {
                errors.Add(name, "OneOf", string.Join(", ", values.Select(spelled)));
                return null;
            }

            chosen.Add(values[at]);
        }

        return chosen.Count == 0 ? null : [.. chosen.Distinct()];
    }

    /// <summary>One id.</summary>
    public Guid? Id(string name)
    {
        if (One(name) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        errors.Add(name, "Id");
        return null;
    }

    /// <summary>Ids; the parameter may stand several times.</summary>
    public IReadOnlyList<Guid>? Ids(string name)
    {
        var values = new List<Guid>();
        foreach (var text in query[name])
        {
            if (Guid.TryParseExact(text, "D", out var id))
            {
                values.Add(id);
            }
            else
            {
                errors.Add(name, "Id");
                return null;
            }
        }

        return values.Count == 0 ? null : [.. values.Distinct()];
    }

    /// <summary>One of an enum's values, each under a spelling of its own.</summary>
    public T? OneOf<T>(string name, Func<T, string> spelled)
        where T : struct, Enum
    {
        if (One(name) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (spelled(value) == text)
            {
                return value;
            }
        }

        errors.Add(name, "OneOf", string.Join(", ", Enum.GetValues<T>().Select(spelled)));
        return null;
    }

    /// <summary>An error under both names where the first of two bounds is above the second.</summary>
    public void InOrder<T>(string from, T? least, string to, T? most)
        where T : struct, IComparable<T>
    {
        if (least is { } low && most is { } high && low.CompareTo(high) > 0)
        {
            errors.Add(from, "Above", to);
            errors.Add(to, "Below", from);
        }
    }

    /// <summary>The parameter's value; standing several times is an error.</summary>
    public string? One(string name)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            errors.Add(name, "Once");
            return null;
        }

        return values.Count == 0 ? null : values[0] ?? "";
    }
}

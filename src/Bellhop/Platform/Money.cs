using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellhop.Platform;

/// <summary>
/// An amount in whole minor units (cents, fils, yen) of an ISO 4217 currency. JSON: <c>{"amount": 120.50, "currency": "EUR"}</c>.
/// </summary>
[JsonConverter(typeof(MoneyJson))]
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>The amount in the currency's main unit, with exactly its decimals.</summary>
    public decimal Amount => Platform.Currency.ToAmount(Minor, Currency);

    /// <summary>
    /// Converts at a rate (units of <paramref name="to"/> for one unit of this), rounded half away from zero to <paramref name="to"/>'s
    /// minor unit.
    /// </summary>
    /// <exception cref="OverflowException">The result does not fit.</exception>
    public Money Convert(decimal rate, string to)
    {
        var scaled = Amount * rate * Platform.Currency.Factor(to);
        return new((long)Math.Round(scaled, 0, MidpointRounding.AwayFromZero), to);
    }
}

/// <summary>Writes money; reading is <see cref="MoneyInput"/>'s, which can say what is wrong.</summary>
public sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Money is read as MoneyInput.");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Writes it as a value.</summary>
    public static void Write(Utf8JsonWriter writer, Money value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("amount"u8, value.Amount);
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }
}

/// <summary>Money as a caller sends it.</summary>
/// <param name="Amount">In the main unit; no more decimals than the currency has.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
public sealed record MoneyInput(decimal Amount, string Currency)
{
    /// <summary>The largest amount taken either way, in minor units: fifteen digits, so that a sum of thousands still fits.</summary>
    public const long Most = 999_999_999_999_999;

    /// <summary>The money this stands for, or null with the errors named under <paramref name="field"/>.</summary>
    public Money? Read(string field, ValidationErrors errors)
    {
        if (!Platform.Currency.IsKnown(Currency))
        {
            errors.Add(field + ".currency", "Currency");
            return null;
        }

        var minor = Math.Abs(Amount) > Most ? Most + 1m : Amount * Platform.Currency.Factor(Currency);
        if (Math.Abs(minor) > Most)
        {
            errors.Add(field + ".amount", "AmountTooLarge");
            return null;
        }

        if (minor != decimal.Truncate(minor))
        {
            errors.Add(field + ".amount", "Decimals", Platform.Currency.Decimals(Currency), Currency);
            return null;
        }

        return new((long)minor, Currency);
    }
}

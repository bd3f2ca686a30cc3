using System.Collections.Frozen;

namespace Bellhop.Platform;

/// <summary>ISO 4217: which currencies there are and how many decimals each has.</summary>
public static class Currency
{
    // Active codes of ISO 4217 (list one), funds and metals left out; grouped by the number of decimals of their minor unit.
    private const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string Three = "BHD IQD JOD KWD LYD OMR TND";
    private const string Two =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP "
        + "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
        + "KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD "
        + "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP "
        + "TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> Known = None.Split(' ')
        .Select(c => (c, 0))
        .Concat(Two.Split(' ').Select(c => (c, 2)))
        .Concat(Three.Split(' ').Select(c => (c, 3)))
        .ToFrozenDictionary(p => p.c, p => p.Item2, StringComparer.Ordinal);

    /// <summary>Every code, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    public static bool IsKnown(string code) => Known.ContainsKey(code);

    public static int Decimals(string code) => Known.GetValueOrDefault(code, 2);

    /// <summary>How many minor units make one main unit: 1, 100 or 1000.</summary>
    public static int Factor(string code) =>
        Decimals(code) switch
        {
            0 => 1,
            3 => 1000,
            _ => 100,
        };

    /// <summary>Minor units as a decimal that carries exactly the currency's decimals, so that it prints <c>120.50</c>.</summary>
    public static decimal ToAmount(long minor, string code)
    {
        var size = (ulong)Math.Abs((decimal)minor);
        return new((int)(size & 0xFFFFFFFF), (int)(size >> 32), 0, minor < 0, (byte)Decimals(code));
    }
}

namespace Bellhop.Features.Demo;

/// <summary>Where a demo guest comes from: how people there are called, and what their numbers look like.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Hostel">How often they come to the hostel.</param>
/// <param name="Hotel">How often they come to the hotel.</param>
/// <param name="Phones">Numbers with a # for each digit that differs: ranges kept for films where a country has one, else about its sample
/// number.</param>
/// <param name="Given">First names; <c>native/latin</c> in scripts other than Latin.</param>
/// <param name="Family">Family names, in the same way.</param>
/// <param name="Order">How a full name is put together.</param>
internal sealed record Nation(
    string Country,
    int Hostel,
    int Hotel,
    string[] Phones,
    string[] Given,
    string[] Family,
    NameOrder Order = NameOrder.GivenFamily
)
{
    /// <param name="phones">With a bar between several.</param>
    /// <param name="given">With a space between one and the next, as in <paramref name="family"/>.</param>
    public Nation(
        string country,
        int hostel,
        int hotel,
        string phones,
        string given,
        string family,
        NameOrder order = NameOrder.GivenFamily
    )
        : this(country, hostel, hotel, phones.Split('|'), given.Split(' '), family.Split(' '), order) { }
}

/// <summary>How a full name is put together.</summary>
internal enum NameOrder
{
    GivenFamily,

    /// <summary>Two family names, as in Portugal and Spain, some of the time.</summary>
    TwoFamilies,

    /// <summary>Family name first, with a space.</summary>
    FamilyGivenSpaced,

    /// <summary>Family name first, nothing between.</summary>
    FamilyGiven,
}

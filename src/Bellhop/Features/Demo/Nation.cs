namespace Bellhop.Features.Demo;

/// <summary>A nation of demo guests: their names and their phone numbers.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Hostel">The weight of this nation among the hostel's guests.</param>
/// <param name="Hotel">The weight of this nation among the hotel's guests.</param>
/// <param name="Phones">Phone numbers with a # for each variable digit: ranges reserved for films where the country has them, else near its
/// sample number.</param>
/// <param name="Given">Given names; <c>native/latin</c> in scripts other than Latin.</param>
/// <param name="Family">Family names, written in the same way.</param>
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
    /// <param name="phones">The patterns, separated by bars.</param>
    /// <param name="given">The names, separated by spaces; the same for <paramref name="family"/>.</param>
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

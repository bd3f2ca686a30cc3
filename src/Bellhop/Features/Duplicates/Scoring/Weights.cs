namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Every number that the likeness of two guests starts from, in one place. Learning (<see cref="LearnWeights"/>) replaces the
/// probabilities by those of the organisation's own guests; the fewer guests there are, the more of these remains.
/// </summary>
/// <remarks>
/// The method:
/// <list type="bullet">
/// <item>I. Fellegi, A. Sunter: A Theory for Record Linkage. JASA 64 (1969), 1183–1210. Each level of agreement has a probability
/// among pairs of one guest (m) and among pairs of two guests (u); the logarithms of m ÷ u add up to the weight.</item>
/// <item>A. Dempster, N. Laird, D. Rubin: Maximum Likelihood from Incomplete Data via the EM Algorithm. JRSS B 39 (1977), 1–38; and
/// W. Winkler: Using the EM Algorithm for Weight Computation in the Fellegi–Sunter Model of Record Linkage. ASA (1988). m, u and the
/// share of true pairs are learned without labels.</item>
/// <item>W. Winkler: Improved Decision Rules in the Fellegi–Sunter Model of Record Linkage. US Census Bureau RR93/12 (1993). EM is kept in
/// a convex region of what is known before, and pairs within a household are a class of their own (see <see cref="Household"/>);
/// M. Larsen, D. Rubin: Iterative Automated Record Linkage Using Mixture Models. JASA 96 (2001),
/// 32–41. Prior values count as pairs, so that the class that is found is that of true pairs.</item>
/// <item>W. Winkler: Frequency-Based Matching in Fellegi–Sunter Model of Record Linkage. US Census Bureau RR2000/06 (2000). Agreement
/// on a rare value weighs more than on a common one.</item>
/// <item>W. Winkler: String Comparator Metrics and Enhanced Decision Rules in the Fellegi–Sunter Model of Record Linkage. ASA (1990).
/// Levels between same and different, by the Jaro–Winkler likeness.</item>
/// <item>F. Damerau: A Technique for Computer Detection and Correction of Spelling Errors. CACM 7 (1964), 171–176. One letter too many,
/// too few, other or swapped makes most slips.</item>
/// <item>R. Linacre et al.: Splink: Free Software for Probabilistic Record Linkage at Scale. IJPDS 7 (2022). u comes from pairs taken at
/// random, agreement starts at m = 0.95, and how many pairs are true is bounded by those that agree by plain rules.</item>
/// <item>Y. Thibaudeau: The Discrimination Power of Dependency Structures in Record Linkage. Survey Methodology 19 (1993), 31–38; and
/// W. Winkler: Methods for Record Linkage and Bayesian Networks. US Census Bureau RRS2002/05 (2002). Weights add up only where fields are
/// independent; where one follows from another, as an address from the name, its probability is that given the other.</item>
/// <item>T. Enamorado, B. Fifield, K. Imai: Using a Probabilistic Model to Assist Merging of Large-Scale Administrative Records. APSR 113
/// (2019), 353–371. A field that one of the two lacks says nothing.</item>
/// </list>
/// </remarks>
internal static class Weights
{
    /// <summary>Before anything is learned: one guest in a thousand is there twice.</summary>
    public const double PairsPerGuest = 0.001;

    /// <summary>Before anything is learned: hardly anybody shares a phone or an address with others, until a list shows it.</summary>
    public const double HouseholdsPerGuest = 1e-6;

    /// <summary>What stands for the households of a list that has none.</summary>
    public const double FewestHouseholds = 0.0001;

    /// <summary>Two of one household who share a phone or address have the same family name so often.</summary>
    public const double SharedFamilyName = 0.7;

    /// <summary>Two of one household who share one of phone and address share the other so often.</summary>
    public const double SharedIdentity = 0.5;

    /// <summary>Of two in one household one is named after the other so often, at least.</summary>
    public const double Namesake = 0.05;

    /// <summary>However many pairs look alike, no more than this many for each guest are true.</summary>
    public const double MostPairsPerGuest = 2.5;

    /// <summary>True pairs are no more than this many for each that plainly agrees.</summary>
    public const double MostPairsPerPlain = 3;

    /// <summary>Of texts that say where and what somebody is, the next one counts this part of the one before.</summary>
    public const double NextText = 0.5;

    /// <summary>Of the words that two names share, those after the second count this part: long names are often a family's.</summary>
    public const double NextNameWord = 0.5;

    /// <summary>Where a word of the names differs, shared words after the rarest count this part: a family shares names.</summary>
    public const double FamilyWord = 0.25;

    /// <summary>What one stay of both adds, in bits: 16 times as likely. Fixed: pairs of one guest with two bookings are few.</summary>
    public const double SameStay = 4;

    /// <summary>What one booking of both adds, in bits: the same stay under one reference.</summary>
    public const double SameBooking = 8;

    /// <summary>A pair at least this probable is shown to a person.</summary>
    public const double Shown = 0.5;

    /// <summary>A pair is merged without a person only if it is so probably one guest and not two of a household.</summary>
    public const double Automatic = 0.999;

    /// <summary>Two words are alike from this Jaro–Winkler likeness on (Winkler 1990 and Splink use 0.88).</summary>
    public const double AlikeWords = 0.88;

    /// <summary>As many pairs of one guest the start values of m count for, against the pairs that are learned from.</summary>
    public const double StartPairs = 20;

    /// <summary>And for this part of the pairs that are found, so that EM cannot leave them behind.</summary>
    public const double StartShare = 0.5;

    /// <summary>As many random pairs the start values of u count for.</summary>
    public const double StartRandomPairs = 200;

    /// <summary>No level is rarer than this among random pairs: a sample cannot show more.</summary>
    public const double RarestLevel = 1e-6;

    /// <summary>Two records of one guest differ in a field (in a name: in a word) no more often than this.</summary>
    public static double MostDifferent(FieldKind kind) =>
        kind switch
        {
            FieldKind.Name => 0.15,
            FieldKind.Words => 0.5,
            _ => 0.4,
        };

    /// <summary>The start values of m: how often two records of one guest agree so far, in the order of <see cref="Level"/>.</summary>
    public static double[] SameGuest(FieldKind kind) =>
        kind switch
        {
            FieldKind.Name or FieldKind.Words => [0.80, 0.08, 0.04, 0.03, 0.05],
            FieldKind.Number => [0.90, 0.05, 0.01, 0.01, 0.03],
            FieldKind.Email => [0.80, 0.05, 0.04, 0.06, 0.05],
            FieldKind.Date => [0.88, 0.06, 0.02, 0.02, 0.02],
            _ => [0.95, 0.01, 0.01, 0.01, 0.02],
        };

    /// <summary>
    /// The start values of u: how often two guests agree so far by chance. That of <see cref="Level.Same"/> counts only where
    /// <see cref="TermFrequencies"/> do not know the value.
    /// </summary>
    public static double[] TwoGuests(FieldKind kind) =>
        kind switch
        {
            FieldKind.Name or FieldKind.Words => [0.010, 0.004, 0.020, 0.010, 0.956],
            FieldKind.Number => [1e-6, 2e-6, 1e-5, 1e-5, 0.999977],
            FieldKind.Email => [1e-6, 1e-5, 1e-4, 1e-4, 0.999789],
            FieldKind.Date => [5e-5, 5e-4, 2e-3, 3e-3, 0.99445],
            _ => [0.1, 0.001, 0.001, 0.001, 0.897],
        };

    /// <summary>How many guests one must meet to meet another with a value that nobody else is known to have.</summary>
    public static double Rareness(FieldKind kind) =>
        kind switch
        {
            FieldKind.Name or FieldKind.Words => 1_000,
            FieldKind.Number or FieldKind.Email => 100_000,
            FieldKind.Date => 10_000,
            _ => 100,
        };
}

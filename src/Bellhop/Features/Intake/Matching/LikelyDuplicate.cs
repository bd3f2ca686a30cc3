using System.Globalization;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

/// <summary>
/// Two contacts that may be one guest. The door finds pairs that show one phone or address, and a job those that are alike. A person
/// decides, or the organisation's rule where nothing is in doubt.
/// </summary>
public sealed class LikelyDuplicate
{
    public const int DismissReasonMax = 500;

    /// <summary>What <see cref="Score"/> is counted in: a pair with this score is one guest for certain.</summary>
    public const int Certain = 10_000;

    /// <summary>A pair at least this likely is listed: an even chance.</summary>
    internal const int Listed = Certain / 2;
    internal const int EvidenceMax = 500;

    public int OrganizationId { get; init; }

    /// <summary>The older contact (the smaller id).</summary>
    public Guid OlderId { get; init; }
    public Guid NewerId { get; init; }

    /// <summary>The pair's own id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>
    /// Why, comma-separated: <c>same-phone</c>, <c>same-email</c>, or <c>claimed-phone</c>, <c>claimed-email</c> when one of the two only
    /// claims it; <c>channel-says-same</c> when a provider signed that an id of each is one person's; and what the comparison of the two
    /// found.
    /// </summary>
    public required string Reasons { get; set; }

    /// <summary>How probable it is that the two are one guest, of <see cref="Certain"/>.</summary>
    public int Score { get; set; }

    /// <summary>
    /// Short marks of all that ever spoke for the pair, comma-separated: so what is new after a dismissal is known. A mark leads back to no
    /// phone or address.
    /// </summary>
    public string Evidence { get; set; } = "";
    public DateTime FoundAt { get; init; }

    /// <summary>When somebody said that the two are not the same person, UTC; null while nobody has.</summary>
    public DateTime? DismissedAt { get; set; }

    /// <summary>The name of who said it, at that time.</summary>
    public string? DismissedBy { get; set; }

    /// <summary>What they wrote about it.</summary>
    public string? DismissReason { get; set; }

    /// <summary>When the two were split after they had been merged, UTC. The organisation's rule leaves such a pair alone.</summary>
    public DateTime? SplitAt { get; set; }

    internal const string ChannelSaysSame = "channel-says-same";

    internal IEnumerable<string> ReasonList => Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The reason to list two contacts that show one phone or address.</summary>
    /// <param name="claimed">One of the two only claims it.</param>
    internal static string Reason(IdentityKind kind, bool claimed) =>
        (kind, claimed) switch
        {
            (IdentityKind.Phone, true) => "claimed-phone",
            (IdentityKind.Phone, false) => "same-phone",
            (_, true) => "claimed-email",
            _ => "same-email",
        };

    /// <summary>
    /// Adds that both show a phone or address. Of one kind of identity, what both have proven counts and not what one claims.
    /// </summary>
    /// <param name="key">The phone's or address's match key.</param>
    internal void Show(IdentityKind kind, string key, bool claimed)
    {
        var (weak, strong) = (Reason(kind, claimed: true), Reason(kind, claimed: false));
        var present = ReasonList.ToList();
        var reason = claimed && !present.Contains(strong, StringComparer.Ordinal) ? weak : strong;
        Reasons = string.Join(',', present.Where(r => r != weak && r != strong).Append(reason));
        Score = Math.Max(Score, ScoreOf(reason));
        Note(claimed ? weak : strong, key);
    }

    /// <summary>Adds that a provider's statement says it.</summary>
    internal void SayChannel(string key)
    {
        Reasons = string.Join(',', ReasonList.Where(r => r != ChannelSaysSame).Append(ChannelSaysSame));
        Score = Math.Max(Score, ScoreOf(ChannelSaysSame));
        Note(ChannelSaysSame, key);
    }

    /// <summary>Writes what a comparison of the two found, beside what the door said.</summary>
    /// <param name="found">Nothing where the two are not likely one guest.</param>
    internal void Find(IReadOnlyCollection<string> found, double probability)
    {
        var doors = ReasonList.Where(r => ScoreOf(r) > 0).ToList();
        Reasons = Tidy(doors.Union(found, StringComparer.Ordinal));
        var compared = found.Count > 0 ? (int)Math.Round(probability * Certain) : 0;
        Score = doors.Select(ScoreOf).Append(compared).Max();
        foreach (var reason in found)
        {
            Note(reason, null);
        }
    }

    /// <summary>Remembers what speaks for the pair. If it is new, an earlier dismissal no longer counts.</summary>
    internal void Note(string reason, string? key)
    {
        var mark = Mark(reason, key);
        if (Has(mark) || (Evidence.Length + mark.Length + 1 > EvidenceMax))
        {
            return;
        }

        Evidence = Evidence.Length == 0 ? mark : $"{Evidence},{mark}";
        Ask();
    }

    /// <summary>Ends a dismissal: the pair is listed again.</summary>
    internal void Ask() => Dismiss(null, null, null);

    /// <summary>Somebody says that the two are not the same person.</summary>
    internal void Dismiss(DateTime? at, string? by, string? reason) => (DismissedAt, DismissedBy, DismissReason) = (at, by, reason);

    /// <summary>Takes over what was said of another pair.</summary>
    internal void DismissAs(LikelyDuplicate other) => Dismiss(other.DismissedAt, other.DismissedBy, other.DismissReason);

    /// <summary>
    /// Takes over what another pair of the same guest says. What one of the two dismissals did not know lists the pair again.
    /// </summary>
    internal void Join(LikelyDuplicate other)
    {
        var (mine, theirs) = (Marks(Evidence), Marks(other.Evidence));
        Reasons = Tidy(ReasonList.Union(other.ReasonList, StringComparer.Ordinal));
        Score = Math.Max(Score, other.Score);
        SplitAt ??= other.SplitAt;
        var known =
            DismissedAt is null ? other.DismissedAt is not null && theirs.IsSupersetOf(mine)
            : other.DismissedAt is null ? mine.IsSupersetOf(theirs)
            : true;
        mine.UnionWith(theirs);
        Evidence = Fit(mine);
        if (!known)
        {
            Ask();
        }
        else if (DismissedAt is null)
        {
            DismissAs(other);
        }
    }

    /// <summary>How likely the pair is by what the door saw alone.</summary>
    internal static int ScoreOf(string reason) =>
        reason switch
        {
            ChannelSaysSame => 9_900,
            "same-phone" => 9_700,
            "same-email" => 9_000,
            "claimed-phone" => 6_500,
            "claimed-email" => 6_000,
            _ => 0,
        };

    /// <summary>A pair of two contacts, found as another was.</summary>
    internal static LikelyDuplicate Of(Guid one, Guid other, LikelyDuplicate found)
    {
        var pair = New(found.OrganizationId, one, other, found.FoundAt);
        pair.Join(found);
        return pair;
    }

    /// <summary>A pair that nothing speaks for yet.</summary>
    internal static LikelyDuplicate New(int organizationId, Guid one, Guid other, DateTime foundAt) =>
        new()
        {
            OrganizationId = organizationId,
            OlderId = one.CompareTo(other) < 0 ? one : other,
            NewerId = one.CompareTo(other) < 0 ? other : one,
            Reasons = "",
            FoundAt = foundAt,
        };

    /// <summary>Whether each of the two has more than a claim to the phone or address.</summary>
    internal bool IsProven(IdentityKind kind) => ReasonList.Contains(Reason(kind, claimed: false), StringComparer.Ordinal);

    /// <summary>Of one kind of evidence, the strongest only.</summary>
    internal static string Tidy(IEnumerable<string> reasons)
    {
        var all = reasons.ToList();
        return string.Join(',', all.Where(r => !all.Exists(o => o == "same-" + What(r) && o != r)));

        static string What(string reason) =>
            reason.Replace("claimed-", "", StringComparison.Ordinal).Replace("-alike", "", StringComparison.Ordinal);
    }

    private bool Has(string mark) => Marks(Evidence).Contains(mark);

    private static HashSet<string> Marks(string evidence) =>
        evidence.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private static string Fit(IEnumerable<string> marks)
    {
        const int mark = 5;
        return string.Join(',', marks.Order(StringComparer.Ordinal).Take(EvidenceMax / mark));
    }

    // Sixteen bits of FNV-1a: many phones and addresses have the same mark.
    private static string Mark(string reason, string? key)
    {
        var hash = 2166136261u;
        foreach (var c in $"{reason}/{key}")
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return ((hash ^ (hash >> 16)) & 0xFFFF).ToString("x4", CultureInfo.InvariantCulture);
    }
}

internal sealed class LikelyDuplicateTable : IEntityTypeConfiguration<LikelyDuplicate>
{
    public void Configure(EntityTypeBuilder<LikelyDuplicate> table)
    {
        table
            .ToTable("likely_duplicates")
            .HasKey(d => new
            {
                d.OrganizationId,
                d.OlderId,
                d.NewerId,
            });
        table.HasPersonalData();
        table.WhenMerged(new(OnMerge.Own, nameof(LikelyDuplicate.OlderId), nameof(LikelyDuplicate.NewerId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.OlderId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.NewerId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(d => d.Reasons).HasMaxLength(100);
        table.Property(d => d.Evidence).HasMaxLength(LikelyDuplicate.EvidenceMax);
        table.Property(d => d.DismissedBy).HasMaxLength(256);
        table.Property(d => d.DismissReason).HasMaxLength(LikelyDuplicate.DismissReasonMax);
        table.HasIndex(d => new { d.OrganizationId, d.NewerId });
        table.HasIndex(d => new { d.OrganizationId, d.Id }).IsUnique();
        table
            .HasIndex(d => new
            {
                d.OrganizationId,
                d.Score,
                d.Id,
            })
            .HasDatabaseName("ix_likely_duplicates_open")
            .HasFilter("dismissed_at IS NULL");
    }
}

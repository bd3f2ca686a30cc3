using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Platform;

/// <summary>
/// The first answer to a POST with an <c>Idempotency-Key</c>. It is written in the save of the call's work and kept for 24 hours.
/// </summary>
public sealed class IdempotentResponse
{
    public int OrganizationId { get; init; }

    /// <summary>Who asked: the user or API key.</summary>
    public Guid CallerId { get; init; }

    /// <summary>The properties the caller saw then; null for all. A caller who sees fewer now does not get the answer again.</summary>
    public Guid[]? Properties { get; init; }

    public required string Path { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request's body.</summary>
    public required byte[] BodyHash { get; init; }

    public int Status { get; init; }
    public string? Location { get; init; }
    public string? ETag { get; init; }
    public byte[]? Body { get; init; }

    /// <summary>The contact whose data is in the body; the answer is deleted with the contact.</summary>
    public Guid? ContactId { get; init; }

    public DateTime ExpiresAt { get; init; }
}

internal sealed class IdempotentResponseTable : IEntityTypeConfiguration<IdempotentResponse>
{
    public void Configure(EntityTypeBuilder<IdempotentResponse> table)
    {
        table.WhenMerged(new(OnMerge.Moves, nameof(IdempotentResponse.ContactId)));
        table
            .ToTable("answers")
            .HasKey(a => new
            {
                a.OrganizationId,
                a.CallerId,
                a.Path,
                a.Key,
            });
        table.Property(a => a.Path).HasMaxLength(256);
        table.Property(a => a.Key).HasMaxLength(255);
        table.Property(a => a.Location).HasMaxLength(512);
        table.Property(a => a.ETag).HasMaxLength(64);
        table.HasIndex(a => new { a.OrganizationId, a.ContactId });
        table.HasIndex(a => a.ExpiresAt);
    }
}

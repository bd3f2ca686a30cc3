using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Platform;

public enum JobState
{
    /// <summary>Waits for its time, or runs while its lease lasts.</summary>
    Queued,

    /// <summary>Did its work.</summary>
    Done,

    /// <summary>Failed too often; waits for a person.</summary>
    Parked,
}

/// <summary>
/// Background work, queued in the save that needs it. It may run twice, so its handler must allow that. It holds only ids, never a guest's
/// values.
/// </summary>
public sealed class Job
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The kind of work: the name that a feature registered.</summary>
    public required string Kind { get; init; }

    /// <summary>Ids and dates the work needs, as JSON.</summary>
    public string Argument { get; init; } = "";

    /// <summary>
    /// The <see cref="LastError"/> of a job whose starter has lost the needed right. An actor who has the right can restart it under their
    /// own rights.
    /// </summary>
    public const string NoLongerAllowed = "no-longer-allowed";

    /// <summary>The user or key that asked; the job runs with the rights they have at that time. Empty for Bellhop itself.</summary>
    public Guid StarterId { get; set; }
    public ActorKind StarterKind { get; set; } = ActorKind.System;

    /// <summary>There is at most one queued job of a kind with this text. Null sets no limit.</summary>
    public string? Once { get; set; }

    public JobState State { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime RunAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Until this instant only the leasing process may work on the job.</summary>
    public DateTime? LeasedUntil { get; set; }
    public string? LeasedBy { get; set; }

    /// <summary>The type of the last error, or <see cref="NoLongerAllowed"/>; never an error's message, which may quote a guest.</summary>
    public string? LastError { get; set; }

    /// <summary>The result, as JSON with numbers only.</summary>
    public string? Result { get; set; }
    public int Progress { get; set; }
    public int? Total { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>
    /// Queues a parked job again with all its tries. If its starter has lost the needed right, the job runs as this actor.
    /// </summary>
    internal void TakeUp(Actor who, DateTime now)
    {
        if (LastError == NoLongerAllowed)
        {
            (StarterId, StarterKind) = (who.Id, who.Kind);
        }

        (State, Attempts, RunAt, FinishedAt, LastError) = (JobState.Queued, 0, now, null, null);
    }
}

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> table)
    {
        table.ToTable("jobs").HasKey(j => new { j.OrganizationId, j.Id });
        table.Property(j => j.Kind).HasMaxLength(64);
        table.Property(j => j.Once).HasMaxLength(128);
        table.Property(j => j.State).HasConversion<string>().HasMaxLength(16);
        table.Property(j => j.StarterKind).HasConversion<string>().HasMaxLength(16);
        table.Property(j => j.LeasedBy).HasMaxLength(64);
        table.Property(j => j.LastError).HasMaxLength(200);
        table
            .HasIndex(j => new
            {
                j.OrganizationId,
                j.Kind,
                j.Once,
            })
            .IsUnique();
        table.HasIndex(j => new { j.State, j.RunAt });
    }
}

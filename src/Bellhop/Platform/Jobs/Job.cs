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
/// Work asked for in the save of the change that asks for it. It may run twice and must bear it. It carries ids only, never a guest's
/// values.
/// </summary>
public sealed class Job
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which work: the name under which a feature registered it.</summary>
    public required string Kind { get; init; }

    /// <summary>Ids and dates the work needs, as JSON.</summary>
    public string Argument { get; init; } = "";

    /// <summary>
    /// The <see cref="LastError"/> of a job whose starter may not do this any more: somebody who may takes it up again, under their own
    /// rights.
    /// </summary>
    public const string NoLongerAllowed = "no-longer-allowed";

    /// <summary>The user or key that asked, with whose rights of the moment it runs; empty for Bellhop itself.</summary>
    public Guid StarterId { get; set; }
    public ActorKind StarterKind { get; set; } = ActorKind.System;

    /// <summary>Two queued jobs of one kind with the same text here are one; null for as many as are asked for.</summary>
    public string? Once { get; set; }

    public JobState State { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime RunAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Until when a process may work on it before another takes it over.</summary>
    public DateTime? LeasedUntil { get; set; }
    public string? LeasedBy { get; set; }

    /// <summary>The type of the last error, or <see cref="NoLongerAllowed"/>; never an error's text: that may quote a guest.</summary>
    public string? LastError { get; set; }

    /// <summary>What came of it, as JSON with numbers only.</summary>
    public string? Result { get; set; }
    public int Progress { get; set; }
    public int? Total { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>
    /// A parked job waits again, with all its tries. One that its starter may not do any more goes on as whoever takes it up.
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

using Bellhop.Data;

namespace Bellhop.Platform;

/// <summary>The code of one kind of job. It may run twice, on two processes, and must allow that. Each step saves for itself.</summary>
/// <param name="Kind">The name jobs carry.</param>
/// <param name="Run">The use case. It gets the actor who asked, with the rights they have now.</param>
public sealed record JobHandler(string Kind, Func<Job, Actor, BellhopDb, CancellationToken, Task> Run);

/// <summary>
/// Finds an actor with the rights they have now; null if they no longer exist. The feature that keeps users and keys gives it.
/// </summary>
public delegate Task<Actor?> FindActor(ActorKind kind, Guid id, int organizationId, BellhopDb db, CancellationToken cancel);

using Bellhop.Data;

namespace Bellhop.Platform;

/// <summary>A kind of background work. It may run twice, on two processes, and must bear it; each step saves for itself.</summary>
/// <param name="Kind">The name jobs carry.</param>
/// <param name="Run">The use case, as the actor who asked with their rights of now.</param>
public sealed record JobHandler(string Kind, Func<Job, Actor, BellhopDb, CancellationToken, Task> Run);

/// <summary>Who somebody is now, with the rights they have now; null where they are gone. Given by whoever keeps users and keys.</summary>
public delegate Task<Actor?> FindActor(ActorKind kind, Guid id, int organizationId, BellhopDb db, CancellationToken cancel);

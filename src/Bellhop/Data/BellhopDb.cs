using System.Text.Json;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Bellhop.Data;

/// <summary>The whole schema. Features use this type; only <c>Data/</c> knows which database engine is used.</summary>
public abstract partial class BellhopDb
{
    private readonly List<Changed> _told = [];

    private DbHost? _own;

    /// <summary>The factory sets it. A context made by hand makes its own host and disposes of it.</summary>
    public DbHost Host
    {
        get => field ??= _own = new(TimeProvider.System);
        set;
    }

    public override void Dispose()
    {
        _own?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public override ValueTask DisposeAsync()
    {
        _own?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <summary>
    /// Another context of the same database, with a connection of its own, for what is read while this one is used. The caller disposes of
    /// it.
    /// </summary>
    public abstract BellhopDb Beside();

    /// <summary>Now, UTC, in milliseconds.</summary>
    public DateTime Now => Host.Clock.Now();

    protected override Version SchemaVersion => Microsoft.AspNetCore.Identity.IdentitySchemaVersions.Version2;

    /// <summary>
    /// Records that something happened: one row that the audit log, the timeline and the outgoing webhooks read. The current save writes
    /// it.
    /// </summary>
    /// <param name="who">Who did it.</param>
    /// <param name="action">Noun and verb, such as <c>contact.updated</c>.</param>
    /// <param name="kind">The entity's kind, such as <c>contact</c>.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="fields">Names of the fields that changed; never values.</param>
    public Event Happened(Actor who, string action, string kind, Guid? id, params IEnumerable<string> fields)
    {
        var happened = Event.By(who, action, kind, id, Now, fields);
        Set<Event>().Add(happened);
        SaveContext.Events.Add(happened);
        _told.Add(new(who.OrganizationId, kind, id));
        _said.Add((kind, id));
        return happened;
    }

    /// <summary>Puts an event on a guest's timeline, for those who see the property where it happened.</summary>
    public void Concerns(Event happened, Guid contactId, Guid propertyId) =>
        Set<EventContact>()
            .Add(
                new()
                {
                    OrganizationId = happened.OrganizationId,
                    ContactId = contactId,
                    At = happened.At,
                    EventId = happened.Id,
                    PropertyId = propertyId,
                }
            );

    /// <summary>Tells open pages, after the commit, that many entities of a kind changed. It does not say which ones.</summary>
    internal void TellOfMany(int organizationId, string kind) => _told.Add(new(organizationId, kind, null));

    /// <summary>
    /// As <see cref="Happened(Actor, string, string, Guid?, IEnumerable{string})"/>. It also keeps the values before and after, in a row
    /// that is deleted with the contact.
    /// </summary>
    public Event Happened(Actor who, string action, string kind, Guid id, Guid contactId, IReadOnlyDictionary<string, string?[]> changes)
    {
        var happened = Happened(who, action, kind, id, changes.Keys);
        Set<EventDetail>()
            .Add(
                new()
                {
                    OrganizationId = who.OrganizationId,
                    Id = happened.Id,
                    ContactId = contactId,
                    Detail = JsonSerializer.Serialize(changes),
                }
            );
        return happened;
    }

    /// <summary>Records one event for each of many contacts, with its values before and after. Open pages are told once.</summary>
    public void HappenedToContacts(
        Actor who,
        string action,
        string kind,
        IEnumerable<(Guid ContactId, IReadOnlyDictionary<string, string?[]> Changes)> each
    )
    {
        var before = _told.Count;
        foreach (var (contactId, changes) in each)
        {
            Happened(who, action, kind, contactId, contactId, changes);
        }

        if (_told.Count > before)
        {
            _told.RemoveRange(before, _told.Count - before);
            _told.Add(new(who.OrganizationId, kind, null));
        }
    }

    /// <summary>Queues a job in the current save. With <paramref name="once"/>, a job that already waits is used; returns its id.</summary>
    /// <param name="who">The job runs with this actor's rights.</param>
    /// <param name="kind">The name the work is registered under.</param>
    /// <param name="argument">Ids and dates only.</param>
    /// <param name="once">There is at most one queued job of a kind with this text.</param>
    /// <param name="runAt">The job does not run before this instant, UTC; null means now.</param>
    public async Task<Guid> Queue(
        Actor who,
        string kind,
        string argument,
        string? once = null,
        DateTime? runAt = null,
        CancellationToken cancel = default
    )
    {
        var due = runAt ?? Now;
        if (once is not null && await WaitingJob(who.OrganizationId, kind, once, due, cancel) is { } waiting)
        {
            return waiting;
        }

        var job = new Job
        {
            OrganizationId = who.OrganizationId,
            Kind = kind,
            Argument = argument,
            Once = once,
            StarterId = who.Id,
            StarterKind = who.Kind,
            CreatedAt = Now,
            RunAt = due,
        };
        Set<Job>().Add(job);
        _told.Add(new(who.OrganizationId, "job", job.Id));
        return job.Id;
    }

    /// <summary>
    /// The job that waits under a <c>once</c> key; it runs at <paramref name="due"/> if it would run later. The current save locks it, so
    /// that no process claims it before the data of this save can be read.
    /// </summary>
    private async Task<Guid?> WaitingJob(int organizationId, string kind, string once, DateTime due, CancellationToken cancel)
    {
        if (Set<Job>().Local.FirstOrDefault(j => j.OrganizationId == organizationId && j.Kind == kind && j.Once == once) is { } mine)
        {
            mine.RunAt = due < mine.RunAt ? due : mine.RunAt;
            return mine.Id;
        }

        var found = await Read(
            $"""
            SELECT id, run_at FROM jobs WHERE organization_id = {organizationId} AND kind = {kind} AND once = {once}{Dialect.ForUpdate}
            """,
            row => (Id: row.Id(), RunAt: row.Instant()),
            cancel
        );
        if (found is not [var waiting])
        {
            return null;
        }

        if (due < waiting.RunAt)
        {
            await Execute($"UPDATE jobs SET run_at = {due} WHERE organization_id = {organizationId} AND id = {waiting.Id}", cancel);
        }

        return waiting.Id;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.ApplyConfigurationsFromAssembly(typeof(BellhopDb).Assembly);
        ConfigureModel(builder);
    }

    /// <summary>
    /// Takes the database for one server process, on an engine that allows only one; null on an engine that allows many. The lock ends when
    /// the result is disposed of, or when the process dies.
    /// </summary>
    /// <exception cref="OperatorProblem">Another process serves this database.</exception>
    public abstract IDisposable? HoldToServe();

    /// <summary>Creates the database or brings its schema up to date. An existing file is first copied.</summary>
    /// <param name="held">Whether the caller already has the lock of <see cref="HoldToServe"/>.</param>
    /// <exception cref="OperatorProblem">Another version made the database and no migration leads to this version; or the schema must
    /// change while a server uses the database.</exception>
    public abstract Task Migrate(bool held, CancellationToken cancel);

    /// <summary>Writes a consistent copy of the live database to one file.</summary>
    /// <exception cref="OperatorProblem">The file exists already, or the engine has its own backup tool.</exception>
    public abstract Task Backup(string file, CancellationToken cancel);

    /// <summary>
    /// Replaces the database by a backup and keeps the old file. Returns the old file's new path; null if there was none.
    /// </summary>
    /// <exception cref="OperatorProblem">A server uses the database, the file is not a backup, or the engine has its own tool.</exception>
    public abstract Task<string?> Restore(string file, CancellationToken cancel);

    /// <summary>Yields what other processes commit from now on. Ends with an error when the database cannot be reached.</summary>
    public abstract IAsyncEnumerable<Changed> FromOthers(CancellationToken cancel);

    /// <summary>Called before anything is written: a database with an unknown migration must stay unchanged.</summary>
    /// <exception cref="OperatorProblem">A newer version made the database, or a version so old that no migration leads from
    /// it.</exception>
    protected void DemandKnown(IEnumerable<string> applied)
    {
        var known = Database.GetMigrations().ToList();
        if (applied.FirstOrDefault(m => !known.Contains(m)) is not { } unknown)
        {
            return;
        }

        // A migration's name begins with the moment it was written.
        throw new OperatorProblem(
            string.CompareOrdinal(unknown, known[0]) < 0
                ? $"This database was made by an early Bellhop ({unknown}) from which no upgrade leads here; it stays as it is. "
                    + "With the version that made it, export the guests as CSV and read the bookings by the API; "
                    + "then set this version up anew, import the file and send the bookings."
                : $"This database was made by a newer Bellhop ({unknown}). Start that version, or restore a backup that this one made."
        );
    }

    /// <summary>Configures what only this engine's schema has.</summary>
    protected abstract void ConfigureModel(ModelBuilder builder);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Guid[]>().HaveConversion<GuidList, GuidListComparer>();

        configurationBuilder.Conventions.Replace<ForeignKeyIndexConvention>(services => new KeyIndexes(
            services.GetRequiredService<ProviderConventionSetBuilderDependencies>()
        ));
    }

    /// <summary>
    /// Makes no index for foreign keys to a property. A property is rarely deleted, and every insert would pay for the index. With one
    /// property the index would also hold only one value, and PostgreSQL without statistics would read all of it to check a key.
    /// </summary>
    private sealed class KeyIndexes(ProviderConventionSetBuilderDependencies services) : ForeignKeyIndexConvention(services)
    {
        protected override IConventionIndex? CreateIndex(
            IReadOnlyList<IConventionProperty> properties,
            bool unique,
            IConventionEntityTypeBuilder entityTypeBuilder
        ) => properties[^1].Name == "PropertyId" ? null : base.CreateIndex(properties, unique, entityTypeBuilder);
    }
}

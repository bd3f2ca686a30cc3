using System.Text.Json;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Bellhop.Data;

/// <summary>The whole schema. Features see this type; only <c>Data/</c> knows which database is under it.</summary>
public abstract partial class BellhopDb
{
    private readonly List<Changed> _told = [];

    private DbHost? _own;

    /// <summary>Set by the factory; a context made by hand gets its own, which goes with it.</summary>
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

    /// <summary>Now, UTC, in milliseconds.</summary>
    public DateTime Now => Host.Clock.Now();

    protected override Version SchemaVersion => Microsoft.AspNetCore.Identity.IdentitySchemaVersions.Version2;

    /// <summary>
    /// Something happened: one row in the audit log, the timeline and the outgoing webhooks, written by the save around it.
    /// </summary>
    /// <param name="who">Who did it.</param>
    /// <param name="action">Noun and verb, such as <c>contact.updated</c>.</param>
    /// <param name="kind">The entity's kind, such as <c>contact</c>.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="fields">Names of the fields that changed; never values.</param>
    public Event Happened(Actor who, string action, string kind, Guid? id, params IEnumerable<string> fields)
    {
        var happened = new Event
        {
            OrganizationId = who.OrganizationId,
            At = Now,
            WhoKind = who.Kind,
            WhoId = who.Id,
            WhoName = who.Name,
            Action = action,
            EntityKind = kind,
            EntityId = id,
            From = who.From,
            Fields = string.Join(',', fields),
        };
        Set<Event>().Add(happened);
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

    /// <summary>Open pages are told, when the save is committed, that many of a kind changed: which ones is not said.</summary>
    internal void TellOfMany(int organizationId, string kind) => _told.Add(new(organizationId, kind, null));

    /// <summary>
    /// As <see cref="Happened(Actor, string, string, Guid?, IEnumerable{string})"/>, keeping the values before and after in a row that goes
    /// with the contact.
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

    /// <summary>The same happened to many contacts at once, each with its values before and after: open pages are told once.</summary>
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

    /// <summary>Asks for background work, in the save around it. With <paramref name="once"/>, one that waits already will do.</summary>
    /// <param name="who">With whose rights it runs.</param>
    /// <param name="kind">The name the work is registered under.</param>
    /// <param name="argument">Ids and dates only.</param>
    /// <param name="once">Queued jobs of one kind with the same text here are one.</param>
    /// <param name="runAt">Not before; now where left out.</param>
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
        if (
            once is not null
            && (
                Set<Job>().Local.FirstOrDefault(j => j.OrganizationId == who.OrganizationId && j.Kind == kind && j.Once == once)
                ?? await WaitingJob(who.OrganizationId, kind, once, cancel)
            )
                is { } waiting
        )
        {
            waiting.RunAt = due < waiting.RunAt ? due : waiting.RunAt;
            return waiting.Id;
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

    /// <summary>Runs what every table does when a contact goes for good.</summary>
    public async Task DeleteContactRows(int organizationId, Guid contactId, CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            await follower.ContactDeleted(this, organizationId, contactId, cancel);
        }
    }

    /// <summary>Runs what every table does when a tag becomes another; whoever merges sees to the contacts.</summary>
    internal async Task ReplaceTag(int organizationId, Guid from, Guid to, CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            await follower.TagReplaced(this, organizationId, from, to, cancel);
        }
    }

    /// <summary>Whether a guest whom an import made has anything by now that did not come with the import.</summary>
    internal async Task<bool> HasMoreThanImport(int organizationId, Guid contactId, CancellationToken cancel)
    {
        foreach (var follower in Followers)
        {
            if (await follower.HasMoreThanImport(this, organizationId, contactId, cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The entities that some follower looks after: read by the guard test.</summary>
    internal static IEnumerable<Type> Followed => Followers.SelectMany(f => f.Tables);

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
    /// Holds this database for one serving process, where only one may; null where any number may. Given up when disposed of, or by the
    /// system when the process dies.
    /// </summary>
    /// <exception cref="OperatorProblem">Another process serves it.</exception>
    public abstract IDisposable? HoldToServe();

    /// <summary>Makes the database and brings its schema up to date; an existing file is copied aside first.</summary>
    /// <param name="held">Whether the caller holds it by <see cref="HoldToServe"/> already.</param>
    /// <exception cref="OperatorProblem">Another version made it and no step leads to this one, or a running server uses it while the
    /// schema would change.</exception>
    public abstract Task Migrate(bool held, CancellationToken cancel);

    /// <summary>A consistent copy of the live database in one file.</summary>
    /// <exception cref="OperatorProblem">The file exists, or the engine has its own tool for this.</exception>
    public abstract Task Backup(string file, CancellationToken cancel);

    /// <summary>Puts a backup in the database's place, keeping the old one aside. Returns where.</summary>
    /// <exception cref="OperatorProblem">A server runs on it, the file is no backup, or the engine has its own tool for this.</exception>
    public abstract Task<string?> Restore(string file, CancellationToken cancel);

    /// <summary>What other processes commit, from now on; ends with an error when the database goes away.</summary>
    public abstract IAsyncEnumerable<Changed> FromOthers(CancellationToken cancel);

    /// <summary>Asked before anything is written: a database with a migration that this version does not know stays as it is.</summary>
    /// <exception cref="OperatorProblem">A newer version made it, or one so old that no step leads from it to this version.</exception>
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

    /// <summary>What one engine's schema has that the other's has not.</summary>
    protected abstract void ConfigureModel(ModelBuilder builder);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Guid[]>().HaveConversion<GuidList, GuidListComparer>();

        configurationBuilder.Conventions.Replace<ForeignKeyIndexConvention>(services => new KeyIndexes(
            services.GetRequiredService<ProviderConventionSetBuilderDependencies>()
        ));
    }

    /// <summary>
    /// No index of its own leads from a property to the rows that name it: one is deleted seldom, and every insert would pay. It would also
    /// have one value wherever there is one property, and PostgreSQL, while it has no statistics, checks keys by the whole of such an
    /// index.
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

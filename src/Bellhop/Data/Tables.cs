using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.ChannelManagers;
using Bellhop.Features.Channels;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Export;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Contacts.Views;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Imports;
using Bellhop.Features.Inbox;
using Bellhop.Features.Intake;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Notes;
using Bellhop.Features.Notices;
using Bellhop.Features.Properties;
using Bellhop.Features.RealAddresses;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>Lists the tables and their followers. This is the only part of <c>Data/</c> that names features.</summary>
public abstract partial class BellhopDb(DbContextOptions options) : IdentityUserContext<User, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Logo> Logos => Set<Logo>();
    public DbSet<Property> Properties => Set<Property>();
    public DbSet<Rate> Rates => Set<Rate>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Role> Roles => Set<Role>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<ApprovalRule> ApprovalRules => Set<ApprovalRule>();
    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();
    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<Passkey> Passkeys => Set<Passkey>();
    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<ApiKeyOwner> ApiKeyOwners => Set<ApiKeyOwner>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<ContactAtProperty> ContactsAtProperty => Set<ContactAtProperty>();
    public DbSet<Identity> Identities => Set<Identity>();
    public DbSet<Touch> Touches => Set<Touch>();
    public DbSet<LikelyDuplicate> LikelyDuplicates => Set<LikelyDuplicate>();
    public DbSet<Merge> Merges => Set<Merge>();
    public DbSet<DuplicateCheck> DuplicateChecks => Set<DuplicateCheck>();
    public DbSet<DuplicateKey> DuplicateKeys => Set<DuplicateKey>();
    public DbSet<DuplicateWeights> DuplicateWeights => Set<DuplicateWeights>();
    public DbSet<Counter> Counters => Set<Counter>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<RoomType> RoomTypes => Set<RoomType>();
    public DbSet<ArrivalDay> ArrivalDays => Set<ArrivalDay>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<PointRate> PointRates => Set<PointRate>();
    public DbSet<LoyaltyMember> LoyaltyMembers => Set<LoyaltyMember>();
    public DbSet<LoyaltyEntry> LoyaltyEntries => Set<LoyaltyEntry>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<ContactTag> ContactTags => Set<ContactTag>();
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<NoteMention> NoteMentions => Set<NoteMention>();
    public DbSet<ListView> ListViews => Set<ListView>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<BulkItem> BulkItems => Set<BulkItem>();
    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<BulkChange> BulkChanges => Set<BulkChange>();
    public DbSet<Segment> Segments => Set<Segment>();
    public DbSet<ExportFile> ExportFiles => Set<ExportFile>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportMapping> ImportMappings => Set<ImportMapping>();
    public DbSet<ImportRefusal> ImportRefusals => Set<ImportRefusal>();
    public DbSet<ImportChange> ImportChanges => Set<ImportChange>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<ConnectionOwner> ConnectionOwners => Set<ConnectionOwner>();
    public DbSet<ChannelAccount> ChannelAccounts => Set<ChannelAccount>();
    public DbSet<ConnectionHealth> ConnectionHealths => Set<ConnectionHealth>();
    public DbSet<AccountOutbox> AccountOutboxes => Set<AccountOutbox>();
    public DbSet<MessageTemplate> MessageTemplates => Set<MessageTemplate>();
    public DbSet<Hook> Hooks => Set<Hook>();
    public DbSet<HookContact> HookContacts => Set<HookContact>();
    public DbSet<ParkedItem> ParkedItems => Set<ParkedItem>();
    public DbSet<Enquiry> Enquiries => Set<Enquiry>();
    public DbSet<AddressAsk> AddressAsks => Set<AddressAsk>();
    public DbSet<UnbookedReservation> UnbookedReservations => Set<UnbookedReservation>();
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<ConversationSeen> ConversationsSeen => Set<ConversationSeen>();
    public DbSet<ConversationNote> ConversationNotes => Set<ConversationNote>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<SavedReply> SavedReplies => Set<SavedReply>();
    public DbSet<Presence> Presences => Set<Presence>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageFile> MessageFiles => Set<MessageFile>();
    public DbSet<MessageAttempt> MessageAttempts => Set<MessageAttempt>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<EarlyChange> EarlyChanges => Set<EarlyChange>();
    public DbSet<ForgottenMessage> ForgottenMessages => Set<ForgottenMessage>();
    public DbSet<Event> Events => Set<Event>();
    public DbSet<EventContact> EventContacts => Set<EventContact>();
    public DbSet<EventRetention> EventRetentions => Set<EventRetention>();
    public DbSet<EventDetail> EventDetails => Set<EventDetail>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<UnwantedNotice> UnwantedNotices => Set<UnwantedNotice>();
    public DbSet<WantedNotice> WantedNotices => Set<WantedNotice>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();
    public DbSet<PushKey> PushKeys => Set<PushKey>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<IdempotentResponse> IdempotentResponses => Set<IdempotentResponse>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Tables that belong to no organisation, so that their keys have no organisation.</summary>
    public static IReadOnlyList<Type> Global { get; } =
    [
        typeof(Organization),
        typeof(User),
        typeof(Session),
        typeof(AccountLink),
        typeof(SecondFactor),
        typeof(RecoveryCode),
        typeof(Passkey),
        typeof(SpentChallenge),
        typeof(PushSubscription),
        typeof(PushKey),
        typeof(ApiKeyOwner),
        typeof(ConnectionOwner),
        typeof(DataProtectionKey),
        typeof(Microsoft.AspNetCore.Identity.IdentityUserClaim<Guid>),
        typeof(Microsoft.AspNetCore.Identity.IdentityUserLogin<Guid>),
        typeof(Microsoft.AspNetCore.Identity.IdentityUserToken<Guid>),
    ];

    /// <summary>
    /// The followers, in the order in which they run in a save. Figures come first, because counters and the search index depend on them.
    /// </summary>
    private static readonly Follower[] Followers =
    [
        new WebhookFollower(), // asks where a contact is known before the contact is deleted
        new BookingFollower(),
        new LoyaltyFollower(),
        new ReviewFollower(),
        new ConversationFollower(),
        new MessageSearchFollower(),
        new HookFollower(),
        new ContactFollower(),
        new BookingTextFollower(), // reads the guests' texts
        new AddressAskFollower(),
        new MergeFollower(),
        new DuplicateFollower(),
        new NoteFollower(),
        new SegmentFollower(),
        new NoticeFollower(),
        new EventFollower(),
        new IdempotentResponseFollower(),
    ];
}

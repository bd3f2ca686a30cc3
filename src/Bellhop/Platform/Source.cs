namespace Bellhop.Platform;

/// <summary>Where a guest or booking came from. The names are the public surface, stored and sent as they are.</summary>
public enum Source
{
    WhatsApp,
    Instagram,
    Facebook,
    Telegram,
    LiveChat,
    TikTok,
    Website,
    WalkIn,
    Phone,
    Dashboard,
    AiAgent,
    BookingCom,
    Airbnb,
    Expedia,
    Agoda,
    Hostelworld,
    ChannelManager,
    TravelAgent,
    Group,
    Corporate,
    Import,
    Manual,
}

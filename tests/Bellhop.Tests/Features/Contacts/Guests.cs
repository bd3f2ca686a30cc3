using Bellhop.Features.Contacts;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Rows as the list reads them, for tests of what is drawn.</summary>
internal static class Guests
{
    public static readonly ContactRow Whole = new(
        Guid.Parse("019a0000-0000-7000-8000-000000000011"),
        "Inês Valadares",
        "+351912345678",
        "ines@example.org",
        Source.BookingCom,
        new(Guid.CreateVersion7(), "Harbour"),
        ["VIP"],
        1_234,
        new(123_456, "EUR"),
        new(2023, 3, 1),
        new(Guid.Parse("019a0000-0000-7000-8000-000000000012"), "R-1", new(2026, 11, 14)),
        4,
        true,
        null,
        new(2023, 3, 5, 0, 0, 0, DateTimeKind.Utc),
        new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)
    )
    {
        Labels = [new(Guid.CreateVersion7(), "VIP", TagColor.Teal)],
    };

    public static readonly ContactRow Bare = new(
        Guid.Parse("019a0000-0000-7000-8000-000000000013"),
        null,
        null,
        null,
        Source.Website,
        null,
        [],
        0,
        new(0, "EUR"),
        new(2026, 11, 1),
        null,
        null,
        false,
        null,
        DateTime.UnixEpoch,
        DateTime.UnixEpoch
    );
}

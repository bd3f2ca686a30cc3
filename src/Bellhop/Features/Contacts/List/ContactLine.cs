using Bellhop.Platform;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>A guest's row in the table. Its texts are computed once when the row arrives, not at every drawing.</summary>
public sealed record ContactLine(
    ContactRow Row,
    string Initials,
    string Avatar,
    string? Phone,
    string? WhatsApp,
    string Spent,
    string Since,
    string? Last
)
{
    public static ContactLine Of(ContactRow row) =>
        new(
            row,
            Platform.Initials.Of(row.Name),
            Ui.Avatar.Class(row.Id),
            row.Phone is { } phone ? Platform.Phone.Display(phone) : null,
            row.Phone is { } number ? Platform.Phone.WhatsAppDigits(number) : null,
            Show.Money(row.TotalSpent),
            Show.Month(row.CustomerSince),
            row.LastBooking is { } last ? Show.Day(last.Arrival) : null
        );

    /// <summary>The name for the guest in sentences; null when nothing is known.</summary>
    public string? Called => Row.Name ?? Phone ?? Row.Email;
}

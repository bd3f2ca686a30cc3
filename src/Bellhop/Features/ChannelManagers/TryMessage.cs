using System.Text;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.ChannelManagers;

/// <summary>
/// Tries a message of a channel manager: it is taken as a real one, answered, and taken back. Nothing is stored, nobody is told.
/// </summary>
public static class TryMessage
{
    private const int LongestText = 256 * 1024;

    /// <param name="Form">A form of <see cref="SampleMessage.Forms"/>, whose sample is tried.</param>
    /// <param name="Message">A message of one's own, tried in the sample's place; null for the sample.</param>
    public sealed record Input(string Form, string? Message = null);

    /// <param name="Form">How the message is written.</param>
    /// <param name="Sent">The message, without payment cards.</param>
    /// <param name="Answer">What the channel manager would get.</param>
    /// <param name="Reservations">What became of each reservation.</param>
    public sealed record Row(string Form, string Sent, string Answer, IReadOnlyList<Item> Reservations);

    /// <param name="Id">The id by which the answer names it.</param>
    /// <param name="State">Such as <c>Confirmed</c>; <c>Requested</c> is an enquiry.</param>
    /// <param name="Error">Why it was refused; null where it was taken.</param>
    public sealed record Item(string? Id, string State, string? Guest, DateOnly? Arrival, DateOnly? Departure, ParkedRow.Why? Error);

    /// <exception cref="Refusal">400 for an unknown form, and for a message that cannot be read; 404 for a connection that the actor
    /// does not see; 409 <c>no-channel-manager</c> for one of another kind.</exception>
    public static async Task<Row> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var errors = new ValidationErrors();
        if (!SampleMessage.Forms.Contains(input.Form, StringComparer.Ordinal))
        {
            errors.Add("form", "OneOf", string.Join(", ", SampleMessage.Forms));
        }

        if (input.Message?.Length > LongestText)
        {
            errors.Add("message", "TooLong", LongestText);
        }

        errors.Refuse();
        var connection = await Connections.Find(id, who, db, cancel);
        if (connection.Kind != ConnectionKind.ChannelManager)
        {
            throw Refusal.Conflict("no-channel-manager", ErrorText.Of<ChannelTexts>("NoChannelManager"));
        }

        var zone = (await db.FindProperty(connection.PropertyId, who, cancel))!.Zone;
        var text = input.Message ?? SampleMessage.Of(input.Form, db.Now.DayIn(zone));
        var message =
            SentMessage.Read(Encoding.UTF8.GetBytes(text))
            ?? throw Refusal.Invalid("message", ErrorText.Of<ChannelTexts>("NotReservations"));
        var outcomes = await ReceiveReservations.Try(connection, message, db, texts, cancel);
        var (answer, _) = SentAnswer.Write(message, outcomes);
        return new(
            message.Form.ToString(),
            Encoding.UTF8.GetString(message.Bytes),
            Encoding.UTF8.GetString(answer),
            [
                .. outcomes.Select(o => new Item(
                    o.Reservation.Id,
                    o.Reservation.State.ToString(),
                    o.Reservation.Guest?.Name,
                    o.Reservation.Arrival,
                    o.Reservation.Departure,
                    o.Refused is { } reason ? new(reason, o.Why ?? reason) : null
                )),
            ]
        );
    }
}

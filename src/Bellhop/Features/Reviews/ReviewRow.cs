using System.Text.Json.Serialization;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Reviews;

/// <summary>A review as the API and the pages show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ContactId">The guest; null when the booking has no contact or the guest was deleted.</param>
/// <param name="BookingId">The booking; null when it is not known.</param>
/// <param name="Stars">1 to 5.</param>
/// <param name="Comment">In the guest's words.</param>
/// <param name="At">The time of the review, UTC.</param>
public sealed record ReviewRow(Guid Id, Guid? ContactId, Guid? BookingId, int Stars, string? Comment, DateTime At)
{
    /// <summary>The property, for the pages.</summary>
    [JsonIgnore]
    public PropertyName? Property { get; init; }

    /// <summary>The guest's name, for pages whose viewer may see guests.</summary>
    [JsonIgnore]
    public string? Guest { get; init; }

    internal static ReviewRow Of(Review review) =>
        new(review.Id, review.ContactId, review.BookingId, review.Stars, review.Comment, review.At);
}

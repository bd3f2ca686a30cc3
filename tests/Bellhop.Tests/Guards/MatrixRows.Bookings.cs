using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;

namespace Bellhop.Tests.Guards;

internal static partial class MatrixRows
{
    /// <summary>The rows of bookings, of what is paid for them, and of reviews.</summary>
    private static MatrixRow[] Bookings =>
        [
            new(
                "POST /api/v1/bookings",
                Permission.BookingsManage,
                w => new("/bookings", ReceiveBookingTests.Body(w.Property, "new")),
                201
            ),
            new("GET /api/v1/bookings", Permission.BookingsView, w => new($"/bookings?propertyId={w.Property}")),
            new("GET /api/v1/bookings/{id}", Permission.BookingsView, w => new($"/bookings/{w.Booking}")),
            new(
                "PATCH /api/v1/bookings/{id}",
                Permission.BookingsManage,
                w => new($"/bookings/{w.Booking}", new JsonObject { ["departure"] = "2026-03-09" })
            ),
            new(
                "POST /api/v1/bookings/{id}/confirmations",
                Permission.BookingsManage,
                w => new($"/bookings/{w.Booking}/confirmations", new JsonObject { ["fields"] = new JsonArray("email") })
            )
            {
                Fully = true,
            },
            new("GET /api/v1/relay-guests", Permission.BookingsView, w => new($"/relay-guests?propertyId={w.Property}")) { Fully = true },
            new(
                "POST /api/v1/bookings/{id}/real-addresses",
                Permission.BookingsManage,
                w => new($"/bookings/{w.Booking}/real-addresses", new JsonObject { ["email"] = "real@example.com" })
            )
            {
                Fully = true,
            },
            new(
                "POST /api/v1/bookings/{id}/address-asks",
                Permission.BookingsManage,
                w => new($"/bookings/{w.Booking}/address-asks", new JsonObject { ["way"] = "code" }),
                409 // the stay is over
            )
            {
                Fully = true,
            },
            new("GET /api/v1/bookings/{id}/payments", Permission.BookingsView, w => new($"/bookings/{w.Booking}/payments")),
            new(
                "POST /api/v1/bookings/{id}/payments",
                Permission.BookingsManage,
                w => new($"/bookings/{w.Booking}/payments", World.PaymentBody("payment")),
                201
            ),
            new(
                "GET /api/v1/bookings/{id}/payments/{paymentId}",
                Permission.BookingsView,
                w => new($"/bookings/{w.Booking}/payments/{w.Payment}")
            ),
            new(
                "DELETE /api/v1/bookings/{id}/payments/{paymentId}",
                Permission.BookingsManage,
                w => new($"/bookings/{w.Booking}/payments/{w.Payment}"),
                204
            ),
            new("GET /api/v1/reviews", Permission.BookingsView, w => new($"/reviews?propertyId={w.Property}")),
            new(
                "POST /api/v1/reviews",
                Permission.BookingsManage,
                w => new("/reviews", new JsonObject { ["bookingId"] = w.Booking.ToString(), ["stars"] = 4 }),
                201
            ),
            new("GET /api/v1/reviews/{id}", Permission.BookingsView, w => new($"/reviews/{w.Review}")),
            new("DELETE /api/v1/reviews/{id}", Permission.BookingsManage, w => new($"/reviews/{w.Review}"), 204),
        ];
}

using Bellhop.Features.Bookings.Payments;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Bookings;

internal static class BookingRoutes
{
    public static void MapBookings(this RouteGroupBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings");
        bookings
            .MapGet("/", ListBookings.Run)
            .WithQuery(ListBookings.Query.Parameters)
            .WithName("ListBookings")
            .WithSummary("A page of the bookings, the latest arrival first");
        bookings
            .MapPost("/", ReceiveBooking.Run)
            .WithName("ReceiveBooking")
            .Needs(Permission.BookingsManage)
            .WithSummary("A booking as an outside system has it: made, or updated by its property, source and external id");
        bookings.MapGet("/{id}", GetBooking.Run).WithName("GetBooking").WithSummary("One booking");
        bookings
            .MapPatch("/{id}", ChangeBooking.Run)
            .WithName("ChangeBooking")
            .Needs(Permission.BookingsManage)
            .WithSummary("Changes dates, status or total by merge patch, within the rules of change");
        bookings
            .MapPost("/{id}/confirmations", ConfirmGuest.Run)
            .WithName("ConfirmGuest")
            .Needs(Permission.BookingsManage)
            .Needs(Permission.ContactsEdit)
            .WithSummary("Staff confirm what a stranger typed of the guest: from here on the guest is known by it");
        bookings
            .MapGet("/{id}/payments", ListPayments.Run)
            .WithQuery("limit", "cursor")
            .WithName("ListPayments")
            .WithSummary("What was paid for a booking and what was given back, the latest day first");
        bookings
            .MapPost("/{id}/payments", AddPayment.Run)
            .WithName("AddPayment")
            .Needs(Permission.BookingsManage)
            .WithSummary("Money that the guest paid, or got back");
        bookings.MapGet("/{id}/payments/{paymentId}", GetPayment.Run).WithName("GetPayment").WithSummary("One payment or refund");
        bookings
            .MapDelete("/{id}/payments/{paymentId}", DeletePayment.Run)
            .WithName("DeletePayment")
            .WithSummary("Takes a payment or a refund back that was entered by mistake");
        api.MapGet("/contacts/{id}/bookings", ListContactBookings.Run)
            .WithTags("Bookings")
            .WithQuery("limit", "cursor")
            .WithName("ListContactBookings")
            .WithSummary("A guest's bookings, the latest arrival first");
    }
}

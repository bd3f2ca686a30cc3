using Bellhop.Features.Contacts;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>Where the columns of a guest stand in the rows of the list's question, for what reads them by hand.</summary>
internal static class At
{
    public static int Id { get; } = Of(IdField.Id);
    public static int Name { get; } = Of(NameField.Column);
    public static int Phone { get; } = Of(PhoneField.Column);
    public static int Email { get; } = Of(EmailField.Column);
    public static int Source { get; } = Of(SourceField.Column);
    public static int Property { get; } = Of(PropertyField.Column);
    public static int Tags { get; } = Of(TagsField.Column);
    public static int Bookings { get; } = Of(BookingsField.Column);
    public static int Spent { get; } = Of(SpentField.Column);
    public static int Since { get; } = Of(SinceField.Column);
    public static int LastBooking { get; } = Of(LastBookingField.Column);
    public static int Rating { get; } = Of(RatingField.Column);
    public static int Active { get; } = Of(ActiveField.Column);
    public static int Created { get; } = Of(CreatedField.Column);
    public static int Updated { get; } = Of(IdField.Updated);

    public static int Of(Column column) => ContactRow.Columns.TakeWhile(c => c != column).Sum(c => c.Reads.Count);
}

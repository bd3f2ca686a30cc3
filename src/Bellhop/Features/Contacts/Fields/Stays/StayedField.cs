using Bellhop.Features.Bookings;

namespace Bellhop.Features.Contacts;

/// <summary>Whether the guest stays between two days, at one of the properties asked about.</summary>
internal static class StayedField
{
    public static Parameter<DateOnly?> From { get; } =
        new("stayedFrom", f => f.StayedFrom, (f, v) => f with { StayedFrom = v }, ParameterKinds.Day) { OfApi = true };

    public static Parameter<DateOnly?> To { get; } =
        new("stayedTo", f => f.StayedTo, (f, v) => f with { StayedTo = v }, ParameterKinds.Day) { OfApi = true };

    public static Condition Condition { get; } =
        new("stayed", From, To)
        {
            Chip = (f, say) => say.Span(f.StayedFrom, f.StayedTo),
            Editor = PairEditor.Days("y", From, To),
            KindPlace = 13,
            Range = new FilterRange<DateOnly>(From, To),
            Beside = static async (f, scope, db, cancel) =>
            {
                var stays = new StaysBetween(scope.OrganizationId, f.StayedFrom, f.StayedTo);
                var places = await scope.Places(db, cancel);
                return new(stays.Of($"c.id", scope.Properties), stays.Guests(db.Dialect, places));
            },
        };
}

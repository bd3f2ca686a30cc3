using Bellhop.Features.Flags;

namespace Bellhop.Features.Contacts;

/// <summary>What must not be missed about the guest: allergies, incidents, pinned notes, VIP tags, no-shows, poor reviews.</summary>
internal static class FlagsField
{
    public static Parameter<IReadOnlyList<GuestFlagKind>?> Any { get; } =
        new("flag", f => f.Flags, (f, v) => f with { Flags = v }, ParameterKinds.Spelled(FlaggedGuests.Kinds, GuestFlag.NameOf))
        {
            OfApi = true,
        };

    public static Condition Condition { get; } =
        new("flags", Any)
        {
            Chip = (f, say) => FilterWords.List(f.Flags!.Select(k => say.Say("F.Flag." + k))),
            Editor = new TicksEditor<GuestFlagKind>("flags", Any, [.. FlaggedGuests.Kinds.Select(k => (k, "F.Flag." + k))]),
            KindPlace = 19,
            Beside = static async (f, scope, db, cancel) =>
            {
                var flagged = await FlaggedGuests.Of(f.Flags!, scope.OrganizationId, scope.Seen, db, cancel);
                return new(flagged.Has($"c.id"), flagged.Guests);
            },
        };
}

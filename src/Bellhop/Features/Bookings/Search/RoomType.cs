using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Bookings;

/// <summary>
/// A room type that some booking has or had. There are few, so a search looks for its words here and not in every booking.
/// </summary>
public sealed class RoomType
{
    public int OrganizationId { get; init; }

    /// <summary>As <see cref="Booking.RoomType"/> has it.</summary>
    public required string Name { get; init; }

    /// <summary>The folded words of the name, with a space before and after each.</summary>
    public required string Words { get; init; }

    /// <summary>Notes a booking's room type for the list, inside a save. The save adds it if it is not there.</summary>
    internal static void Note(Booking booking, SaveContext save)
    {
        if (booking.RoomType is { } name)
        {
            save.RoomTypes.TryAdd((booking.OrganizationId, name), SearchText.WordsOf(name));
        }
    }
}

internal sealed class RoomTypeTable : IEntityTypeConfiguration<RoomType>
{
    public void Configure(EntityTypeBuilder<RoomType> table)
    {
        table.ToTable("room_types").HasKey(t => new { t.OrganizationId, t.Name });
        table.Property(t => t.Name).HasMaxLength(Booking.RoomTypeMax);
    }
}

using System.Resources;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;

namespace Bellhop.Tests.Features.Contacts.Fields;

/// <summary>Labels are found by convention: whatever is declared has one.</summary>
public sealed class FieldTextsTests
{
    private static readonly ResourceManager Texts = new(typeof(FieldTexts));

    [Fact]
    public void Whatever_a_field_declares_is_called_something() =>
        ContactRow
            .Columns.Where(c => c.Cell is not null || c.Detail is not null)
            .Select(c => c.Name)
            .Concat(ExportColumns.All.Select(c => c.Name))
            .Concat(FilterConditions.All.Select(c => c.Name))
            .Select(name => "Field_" + name)
            .Distinct()
            .Where(key => Texts.GetString(key) is not { Length: > 0 })
            .ShouldBeEmpty();

    [Fact]
    public void No_two_of_them_go_by_one_name()
    {
        FilterConditions.Parameters.Select(p => p.Name).ShouldBeUnique();
        FilterConditions.All.Select(c => c.Name).ShouldBeUnique();
        FilterConditions.All.SelectMany(c => c.Tests).Select(t => t.Bit).ShouldBeUnique();
        ContactRow.Columns.Select(c => c.Name).ShouldBeUnique();
        ExportColumns.All.Select(c => c.Heading).ShouldBeUnique();
        ContactSort.All.Select(s => s.ToString()).ShouldBeUnique();
    }

    /// <summary>What addresses, cursors and files in the world say: a newcomer comes last.</summary>
    [Fact]
    public void The_order_of_what_is_written_down_stays()
    {
        ContactSorts.All.ShouldStartWith("created, name, source, bookings, totalSpent, customerSince, lastBooking, rating");
        string.Join(' ', FilterConditions.OfApiDescribed)
            .ShouldStartWith(
                "q source* propertyId* active minBookings maxBookings minSpent maxSpent createdFrom createdTo lastStayFrom lastStayTo "
                    + "minRating tag* segmentId"
            );
        string.Join(',', ExportColumns.Usual.Select(c => c.Heading))
            .ShouldStartWith(
                "name,phone,email,tags,property,source,customer since,bookings,total spent,currency,last booking,rating,"
                    + "whatsapp consent,email consent"
            );
    }
}

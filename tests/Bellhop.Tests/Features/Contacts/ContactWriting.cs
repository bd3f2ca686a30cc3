using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Guests that staff add and change.</summary>
internal static class ContactWriting
{
    internal static async Task<ContactRow> Add(TestHouse house, Actor who, AddContact.Input input)
    {
        await using var db = house.Open();
        return (await AddContact.Run(input, who, db, default)).Value;
    }

    internal static async Task<ContactRow> Edit(TestHouse house, Actor who, Guid id, EditContact.Input input, IfMatch? match = null)
    {
        await using var db = house.Open();
        return (await EditContact.Run(id, input, who, db, match ?? IfMatch.Any, default)).Value;
    }
}

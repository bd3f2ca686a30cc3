using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

/// <summary>Guests of whom every tenth is there twice, with a slip.</summary>
internal static class GuestCrowd
{
    public static async Task Add(TestHouse house, int guests)
    {
        string[] given = ["Ana", "Bruno", "Carla", "Diogo", "Elisa", "Fabio", "Gloria", "Hugo", "Ines", "Jorge", "Katia", "Luis"];
        string[] family = ["Almeida", "Barros", "Castelo", "Duarte", "Esteves", "Furtado", "Guerra", "Henriques", "Infante", "Jardim"];
        await using var db = house.Open();
        await db.Arrange(async () =>
        {
            var contacts = new List<Contact>();
            for (var i = 0; i < guests; i++)
            {
                var twice = i % 10 == 9;
                var who = twice ? i - 1 : i;
                var name = $"{given[who % given.Length]} {family[who / 7 % family.Length]} {given[who / 3 % given.Length]}{who}";
                var contact = new Contact
                {
                    OrganizationId = house.OrganizationId,
                    PropertyId = house.Lisbon,
                    Source = Source.Import,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                    CustomerSince = new(2026, 6, 1),
                };
                contact.Show(
                    name,
                    $"+35191{who:0000000}",
                    $"{name.Replace(' ', '.').ToLowerInvariant()}@{(twice ? "mail" : "post")}.example"
                );
                contacts.Add(contact);
            }

            await db.BulkInsert(contacts, default);
            await db.DuplicateChecks.ExecuteDeleteAsync();
        });
    }
}

using System.CommandLine;
using Bellhop.Features.Team;
using Bellhop.Platform;

namespace Bellhop.Host;

/// <summary><c>api-key</c>.</summary>
internal static class ApiKeyCommands
{
    public static void AddApiKeyCommands(this RootCommand root, CommandLine line)
    {
        var name = new Option<string>("--name")
        {
            Description = "What the key is for, as the list of keys and the audit log show it",
            HelpName = "N",
            Required = true,
        };
        var permissions = new Option<string?>("--permissions")
        {
            Description = $"Comma-separated; default all. There are: {string.Join(", ", Permission.All)}",
            HelpName = "a,b,…",
        };
        var properties = new Option<string?>("--properties")
        {
            Description = "Names, comma-separated; default all, later ones too",
            HelpName = "a,b,…",
        };
        var expires = new Option<string?>("--expires")
        {
            Description = "The last day it works, YYYY-MM-DD; default for ever",
            HelpName = "DATE",
        };
        var organization = SetupCommands.OrganizationOption();
        var create = new Command("create", "Makes an API key and prints it, once, alone on standard output")
        {
            name,
            permissions,
            properties,
            expires,
            organization,
        };
        line.Does(
            create,
            async (result, work, cancel) =>
            {
                var who = await work.For(result.GetValue(organization), cancel);
                var made = await CreateApiKey.Run(
                    new(
                        result.GetRequiredValue(name),
                        Split(result.GetValue(permissions)),
                        await Find(result.GetValue(properties), who, work, cancel),
                        result.GetValue(expires)
                    ),
                    who,
                    work.Db,
                    cancel
                );
                Console.WriteLine(made.Value.Key);
                return 0;
            }
        );

        root.Add(new Command("api-key", "Keys for programs that use the API") { create });
    }

    private static string[]? Split(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<IReadOnlyList<Guid>?> Find(string? list, Actor who, CommandLine.Work work, CancellationToken cancel)
    {
        if (list is null)
        {
            return null;
        }

        var properties = await NamedProperties.Of(who, work, cancel);
        string[] wanted = properties.Has(list) ? [list] : Split(list)!; // a name may hold a comma itself
        return [.. wanted.Select(w => properties.Find(w))];
    }
}

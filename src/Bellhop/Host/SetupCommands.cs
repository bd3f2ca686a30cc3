using System.CommandLine;
using Bellhop.Features.Setup;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Host;

/// <summary><c>setup</c> and <c>organization</c>.</summary>
internal static class SetupCommands
{
    public static void AddSetupCommands(this RootCommand root, CommandLine line)
    {
        var setup = new Command(
            "setup",
            "Sets Bellhop up without a browser: the organisation, its first property and its owner; refused once an organisation exists"
        );
        var read = Options(setup);
        line.Does(
            setup,
            async (result, work, cancel) =>
            {
                await work.Migrate(cancel);
                var made = await SetUp.Run(
                    read(result),
                    Actor.System(0),
                    work.Db,
                    work.Get<Passwords>(),
                    work.Get<ILookupNormalizer>(),
                    work.Get<SetupGate>(),
                    cancel
                );
                Console.WriteLine($"{made.Name} is set up. Its owner can sign in now.");
                return 0;
            }
        );

        var create = new Command("create", "Adds a further organisation on a hosted install");
        var readFurther = Options(create);
        line.Does(
            create,
            async (result, work, cancel) =>
            {
                await work.Migrate(cancel);
                var made = await CreateOrganization.Run(
                    readFurther(result),
                    Actor.System(0),
                    work.Db,
                    work.Get<Passwords>(),
                    work.Get<ILookupNormalizer>(),
                    cancel
                );
                Console.WriteLine($"{made.Name} is there. Its owner can sign in now.");
                return 0;
            }
        );

        var list = new Command("list", "Lists the organisations: name, currency, time zone and number of properties, separated by tabs");
        line.Does(
            list,
            async (_, work, cancel) =>
            {
                await work.Migrate(cancel);
                foreach (var row in await ListOrganizations.Run(Actor.System(0), work.Db, cancel))
                {
                    Console.WriteLine($"{row.Name}\t{row.Currency}\t{row.TimeZone}\t{row.Properties}");
                }

                return 0;
            }
        );

        root.Add(setup);
        root.Add(new Command("organization", "Organisations on this install") { create, list });
    }

    /// <summary>Bellhop's actor in the organization that a command is for: the named one, or the only one.</summary>
    /// <exception cref="OperatorProblem">The name is unknown, or no name is given and there is not exactly one organization.</exception>
    public static async Task<Actor> For(this CommandLine.Work work, string? name, CancellationToken cancel)
    {
        await work.Migrate(cancel);
        var all = await ListOrganizations.Run(Actor.System(0), work.Db, cancel);
        var names = string.Join(", ", all.Select(o => o.Name));
        if (all.Count == 0)
        {
            throw new OperatorProblem("There is no organisation yet. Set Bellhop up first: bellhop setup --help");
        }

        var found =
            name is null && all.Count == 1
                ? all[0]
                : all.Find(o => o.Name == name) ?? all.Find(o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase));
        return found is not null
            ? Actor.System(found.Id)
            : throw new OperatorProblem(
                name is null
                    ? $"Several organisations are here; name one with --organization: {names}"
                    : $"There is no organisation '{name}'. There are: {names}"
            );
    }

    public static Option<string?> OrganizationOption() =>
        new("--organization") { Description = "Which organisation, where there are several", HelpName = "NAME" };

    private static Func<ParseResult, Founding> Options(Command command)
    {
        Option<string> Add(string name, string description, string value)
        {
            var option = new Option<string>(name)
            {
                Description = description,
                HelpName = value,
                Required = true,
            };
            command.Add(option);
            return option;
        }

        var organization = Add("--organization", "The organisation's name", "NAME");
        var email = Add("--email", "The owner's e-mail address, to sign in with", "E");
        var password = Add("--password", "The owner's password, at least 12 characters", "P");
        var property = Add("--property", "The first hostel's or hotel's name", "NAME");
        var currency = Add("--currency", "The property's currency, which the organisation reports in, such as EUR", "ISO4217");
        var zone = Add("--time-zone", "The property's time zone, such as Europe/Lisbon", "IANA");
        var country = Add("--country", "The property's country, such as PT", "ISO3166");
        return result =>
            new(
                result.GetRequiredValue(organization),
                result.GetRequiredValue(email),
                result.GetRequiredValue(password),
                result.GetRequiredValue(property),
                result.GetRequiredValue(currency),
                result.GetRequiredValue(zone),
                result.GetRequiredValue(country)
            );
    }
}

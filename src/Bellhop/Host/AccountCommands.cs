using System.CommandLine;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Host;

/// <summary><c>reset-password</c>.</summary>
internal static class AccountCommands
{
    public static void AddAccountCommands(this RootCommand root, CommandLine line)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address with which the person signs in" };
        var reset = new Command(
            "reset-password",
            "Prints a link with which a person sets a new password; it works once, for an hour, and their sessions end with it"
        )
        {
            email,
        };
        line.Does(
            reset,
            async (result, work, cancel) =>
            {
                await work.Migrate(cancel);
                var token = await ResetPassword.Run(
                    result.GetValue(email) ?? "",
                    Actor.System(0),
                    work.Db,
                    work.Get<ILookupNormalizer>(),
                    cancel
                );
                var address = work.Get<PublicAddress>();

                // Without a public address, the link leads to the server on this machine.
                var site = address.IsSet
                    ? ""
                    : (work.Get<IConfiguration>()[WebHostDefaults.ServerUrlsKey] ?? Settings.DefaultUrls).Split(';')[0];
                Console.WriteLine(site + address.Of(AccountLinks.Path(AccountLinkKind.Recovery, token)));
                return 0;
            }
        );
        root.Add(reset);
    }
}

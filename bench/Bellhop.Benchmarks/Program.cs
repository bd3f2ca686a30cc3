using Bellhop.Benchmarks.Contacts;

switch (args)
{
    case ["contacts", .. var options]:
        Environment.Exit(await ContactsCommand.Run(options)); // the servers it started have no other end
        break;
    default:
        await Console.Error.WriteLineAsync("usage: contacts [--engine sqlite|postgres] [--size N,…]");
        return 2;
}

return 0;

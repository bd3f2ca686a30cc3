namespace Bellhop.Providers;

/// <summary>
/// Plays Meta's Graph API, Telegram's Bot API and channel managers: <c>dotnet run --project tools/Bellhop.Providers [ADDRESS]</c>.
/// </summary>
internal static class Entry
{
    private static async Task Main(string[] args)
    {
        await using var standIn = await StandIn.Start(args is [var address] ? address : "http://127.0.0.1:5090");
        Console.WriteLine($"The providers' stand-in is at {standIn.Address}: write as a guest there, book at {standIn.Address}/manager.");
        Console.WriteLine($"In another terminal: dotnet run --project src/Bellhop -- --demo --providers {standIn.Address}");
        await standIn.UntilStopped();
    }
}

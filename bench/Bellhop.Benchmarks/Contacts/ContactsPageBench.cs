using System.Buffers;
using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>
/// Row 2: the page a person gets, and what Load More adds to it, against the same written by hand from the same questions.
/// </summary>
internal sealed class ContactsPageBench(BenchDatabase town, SignedInOwner visitor, RawDatabase raw)
{
    private const int Warm = 400;

    // A page is much code: the runtime compiles it in steps, in the background.
    private static readonly TimeSpan Compiled = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The page over HTTP. The limit knows nobody, and asks who is in house as seldom as ours does: never, while nothing changes.
    /// </summary>
    public async Task<Comparison> Page(RawDatabase.Question list)
    {
        var html = await visitor.Client.GetStringAsync("/contacts");
        var limit = await ByHand(list, html);
        var url = raw.Answer("html", limit.Answer);
        if (RawContactsPage.Rows(await visitor.Client.GetStringAsync(url)) != RawContactsPage.Rows(html))
        {
            throw new InvalidOperationException("The page written by hand has not the rows of ours: its figure would mean nothing.");
        }

        return await Comparison.Run(() => Get("/contacts"), () => Get(url), 300, Warm, null, Compiled);
    }

    /// <summary>
    /// What a circuit does for Load More: the question, the lines, and the drawing of the table from 25 rows to 50, down to the difference
    /// that is sent. The sending is not in it.
    /// </summary>
    public async Task<Comparison> More(RawDatabase.Question list)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddDataProtection()
            .Services.BuildServiceProvider();
        await using var db = town.Open();
        var (who, cursors, address) = (
            Actor.System(1),
            new Cursors(services.GetRequiredService<IDataProtectionProvider>(), TimeProvider.System),
            new ContactsAddress(ContactFilter.None)
        );
        var shown = new ContactsList();
        var first = await ListContacts.Run(shown.Ask(address), who, db, cursors, default);
        await using var circuit = new TableDrawing(services);
        var limit = await ByHand(list, await visitor.Client.GetStringAsync("/contacts"));
        var written = new ArrayBufferWriter<byte>(64 * 1024);
        return await Comparison.Run(
            async () =>
            {
                shown.Add(await ListContacts.Run(shown.Ask(address, shown.Next), who, db, cursors, default));
                await circuit.Draw(address, shown.Lines);
            },
            () =>
            {
                written.Clear();
                return limit.Rows(written);
            },
            300,
            Warm,
            () =>
            {
                shown.Show(first, db.Now);
                return circuit.Draw(address, shown.Lines);
            },
            Compiled
        );
    }

    private async Task<RawContactsPage> ByHand(RawDatabase.Question list, string html)
    {
        var db = town.Open();
        return new(raw, db, await SeeOrganization.Run(Actor.System(1), db, default), list, html);
    }

    private async Task Get(string address)
    {
        using var answer = await visitor.Client.GetAsync(address, HttpCompletionOption.ResponseContentRead);
        answer.EnsureSuccessStatusCode();
    }
}

using Bellhop.Benchmarks.Bookings;
using Bellhop.Benchmarks.ChannelManagers;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Benchmarks.Doctor;
using Bellhop.Benchmarks.Duplicates;
using Bellhop.Benchmarks.Imports;
using Bellhop.Benchmarks.Inbox;
using Bellhop.Benchmarks.Loading;
using Bellhop.Benchmarks.Pages;
using Bellhop.Benchmarks.Profile;
using Bellhop.Benchmarks.Reports;
using Bellhop.Benchmarks.Today;
using Bellhop.Benchmarks.Writes;

switch (args)
{
    case ["contacts", .. var options]:
        Environment.Exit(await ContactsCommand.Run(options)); // the servers it started have no other end
        break;
    case ["export", .. var options]:
        Environment.Exit(await ExportCommand.Run(options));
        break;
    case ["profile", .. var options]:
        Environment.Exit(await ProfileCommand.Run(options));
        break;
    case ["writes", .. var options]:
        Environment.Exit(await WritesCommand.Run(options));
        break;
    case ["pages", .. var options]:
        Environment.Exit(await PagesCommand.Run(options));
        break;
    case ["browsers", var url, var cookies, var pages, var how]: // the other process of "pages"
        return await PagesCommand.Browse(url, cookies, int.Parse(pages, System.Globalization.CultureInfo.InvariantCulture), how == "said");
    case ["bookings", .. var options]:
        return await BookingsCommand.Run(options);
    case ["duplicates", .. var options]:
        return await DuplicatesCommand.Run(options);
    case ["sweep", .. var options]:
        return await SweepBench.Run(options);
    case ["doctor", .. var options]:
        return await DoctorCommand.Run(options);
    case ["reports", .. var options]:
        return await ReportsCommand.Run(options);
    case ["ota", .. var options]:
        return await OtaCommand.Run(options);
    case ["today", .. var options]:
        return await TodayCommand.Run(options);
    case ["inbox", .. var options]:
        return await InboxCommand.Run(options);
    case ["ingest", .. var options]:
        Environment.Exit(await IngestCommand.Run(options)); // the servers it started have no other end
        break;
    case ["import", .. var options]:
        return await ImportCommand.Run(options);
    case ["load", .. var options]:
        return await LoadCommand.Make().Parse(options).InvokeAsync();
    default:
        await Console.Error.WriteLineAsync(
            "usage: contacts [--engine sqlite|postgres] [--size N,…] | export [--engine sqlite|postgres] [--size N,…] |"
                + " profile [--engine sqlite|postgres] [--size N,…] | bookings [--engine sqlite|postgres] [--guests N] |"
                + " today [--engine sqlite|postgres] [--guests N] | ota [--engine sqlite|postgres] [--guests N] [--rounds N] |"
                + " inbox [--engine sqlite|postgres] [--conversations N,…] [--messages N] |"
                + " ingest [--engine sqlite|postgres] [--guests N] [--events N] [--seconds N] |"
                + " reports [--engine sqlite|postgres] [--guests N] | import [--engine sqlite|postgres] [--rows N,…] |"
                + " writes [--engine sqlite|postgres] [--size N,…] [--bookings N] [--profile] |"
                + " pages [--engine sqlite|postgres] [--pages N] [--rounds N] [--size N] |"
                + " doctor [--engine sqlite|postgres] [--guests N] | duplicates [--cases DIR] |"
                + " sweep [--engine sqlite|postgres] [--size N,…] |"
                + " load FILE --url URL --key KEY"
        );
        return 2;
}

return 0;

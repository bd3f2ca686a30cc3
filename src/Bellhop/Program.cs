using System.Reflection;
using Bellhop;
using Bellhop.Features.Bookings;
using Bellhop.Features.ChannelManagers;
using Bellhop.Features.Channels;
using Bellhop.Features.Contacts;
using Bellhop.Features.Inbox;
using Bellhop.Features.Notices;
using Bellhop.Features.Properties;
using Bellhop.Features.RealAddresses;
using Bellhop.Features.Reviews;
using Bellhop.Features.Setup;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Host;
using Bellhop.Pages;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;

// This is the only place that reads arguments. A test starts this entry point in its own process and passes settings instead.
if (Assembly.GetEntryAssembly() != typeof(Program).Assembly)
{
    await Serve(new() { FromTest = args });
    return 0;
}

return await new CommandLine(Build, Serve).Run(args);

// Registers all of Bellhop, for the server and for every command.
static WebApplication Build(Settings settings)
{
    var builder = settings.NewBuilder();
    builder.AddOperation(settings.Command);
    builder.AddData();
    builder.AddMail();
    builder.AddTeam();
    builder.AddOpenId();
    builder.AddSetup();
    builder.AddBellhopWeb();
    builder.AddUi();
    builder.AddPages();
    builder.AddReviews();
    builder.AddChannels();
    builder.AddChannelManagers();
    builder.AddInbox();
    builder.AddContacts();
    builder.AddWebhooks();
    builder.AddNotices();
    builder.Services.AddBackgroundJobs();
    return builder.Build();
}

static async Task Serve(Settings settings)
{
    await using var app = CommandLine.Begin(() => Build(settings));

    // A start is mostly code that runs for the first time. Where there are two processors, each does half of it.
    var opening = Task.Run(() => Open(app, settings), CancellationToken.None);
    try
    {
        CommandLine.Begin(() =>
        {
            Map(app);
            return app;
        });
    }
    finally
    {
        await opening;
    }

    await app.RunToEnd();
}

static async Task Open(WebApplication app, Settings settings)
{
    await app.Open();
    await app.AddDemo(settings);
    app.ConnectDemo(settings);
    await app.SayWhereToBegin();
}

static void Map(WebApplication app)
{
    app.UseBellhopWeb();
    app.UseHttpsOnly();
    app.UseUi();
    app.UseActors();
    app.UseOpenId();
    app.UseSetup();
    app.MapHealth();
    var open = app.MapGroup("");
    open.MapSignIn();
    open.MapInvite();
    open.MapRating();
    open.MapAddressPage();
    open.MapHooks();
    open.MapChannelManagers();
    app.MapBellhopApi();
    open.MapHostedForm();
    open.MapAccents();
    app.MapPages();
    app.MakeEndpoints();
}

public partial class Program;

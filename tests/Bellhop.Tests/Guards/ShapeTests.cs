using System.Reflection;
using System.Text.RegularExpressions;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Guards;

/// <summary>What keeps the code in its shape.</summary>
public partial class ShapeTests
{
    private const int LinesMost = 300;
    private const int ColumnsMost = 140;
    private const int FilesMost = 20;

    /// <summary>
    /// From the top down: each names only what stands below it. Those of one line are below those above, and above those after.
    /// </summary>
    private static readonly string[] Order =
    [
        "Palette",
        "Demo",
        "Setup",
        "Doctor",
        "Notices",
        "Webhooks",
        "Reports",
        "Today",
        "Profile",
        "Inbox",
        "Imports",
        "Contacts",
        "Duplicates",
        "Notes",
        "Tags",
        "Loyalty",
        "Reviews",
        "ChannelManagers",
        "RealAddresses",
        "Bookings",
        "Channels",
        "Flags",
        "Intake",
        "Properties",
        "Team",
        "Audit",
    ];

    /// <summary>The product's own code.</summary>
    internal static readonly string Source = Path.Combine(Root(), "src", "Bellhop");

    private static readonly HashSet<string> Features =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Source, "Features")).Select(d => Path.GetFileName(d)!),
    ];

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Fact]
    public void A_feature_names_only_the_features_below_it()
    {
        var wrong = new List<string>();
        foreach (var (file, feature, named) in Named(Path.Combine(Source, "Features")))
        {
            if (feature == "_Imports.razor")
            {
                named.ShouldBe("Properties", "every component of every feature would name it");
                continue;
            }

            var (mine, theirs) = (Array.IndexOf(Order, feature), Array.IndexOf(Order, named));
            mine.ShouldNotBe(-1, $"{feature} has no place yet: put it in the order above and in docs");
            // A member has properties and a property has none of the team's: the two lines stand as one.
            if (theirs < mine && (feature, named) != ("Team", "Properties"))
            {
                wrong.Add($"{file} names {named}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_platform_names_no_feature_and_of_the_data_only_the_list_of_tables_does()
    {
        Named(Path.Combine(Source, "Platform")).Select(n => $"{n.File} names {n.Named}").ShouldBeEmpty();
        Named(Path.Combine(Source, "Data"))
            .Where(n => Path.GetFileName(n.File) != "Tables.cs" && !n.File.Contains("Migrations", StringComparison.Ordinal))
            .Select(n => $"{n.File} names {n.Named}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines()
    {
        Written("src", "tests", "bench", "tools")
            .Select(f => (File: Path.GetRelativePath(Root(), f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > LinesMost)
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_line_is_wider_than_140_columns()
    {
        Written("src", "tests", "bench", "tools")
            .SelectMany(f => File.ReadLines(f).Select((line, i) => (Line: line, At: $"{Path.GetRelativePath(Root(), f)}:{i + 1}")))
            .Where(l => l.Line.Length > ColumnsMost)
            .Select(l => l.At)
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_holds_more_than_twenty_files()
    {
        Written([.. new[] { "Features", "Platform", "Ui", "Data", "Host", "Pages" }.Select(f => $"src/Bellhop/{f}")])
            .GroupBy(f => Path.GetRelativePath(Root(), Path.GetDirectoryName(f)!))
            .Where(folder => folder.Count() > FilesMost)
            .Select(folder => $"{folder.Key}: {folder.Count()}")
            .ShouldBeEmpty("Cut the folder by noun; the namespace stays one.");
    }

    [Fact]
    public async Task Every_route_of_the_api_says_its_name_what_it_does_and_how_it_can_refuse()
    {
        await using var app = await TestApp.Start("sqlite");
        var routes = app
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ApiRoute>() is not null)
            .ToList();

        routes.Count.ShouldBeGreaterThan(5);
        routes
            .Where(e => e.Metadata.GetMetadata<IEndpointNameMetadata>() is null)
            .Select(e => e.DisplayName)
            .ShouldBeEmpty("WithName is missing");
        routes
            .Where(e => e.Metadata.GetMetadata<IEndpointSummaryMetadata>() is null)
            .Select(e => e.DisplayName)
            .ShouldBeEmpty("WithSummary is missing");
        routes
            .Where(e => e.Metadata.OfType<IProducesResponseTypeMetadata>().All(p => p.StatusCode != 403))
            .Select(e => e.DisplayName)
            .ShouldBeEmpty();
        routes
            .GroupBy(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_address_that_can_be_read_answers_HEAD_too()
    {
        await using var app = await TestApp.Start("sqlite");

        app.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { } methods && methods.Contains("GET"))
            .Where(e => !e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("HEAD"))
            .Select(e => e.RoutePattern.RawText)
            .Order(StringComparer.Ordinal)
            .ShouldBeEmpty("WithHead is missing");
    }

    [Fact]
    public async Task Every_use_case_refuses_nobody_before_anything_else()
    {
        // These are what makes somebody of nobody, or what only commands and the first page call.
        string[] open =
        [
            "SignIn",
            "SignInWithPasskey",
            "SignInWithOpenId",
            "FinishSignIn",
            "SignOut",
            "AskRecovery",
            "RecoverPassword",
            "ConfirmEmail",
            "SeeInvitation",
            "AcceptInvitation",
            "SetUp",
            "CreateOrganization",
            "ListOrganizations",
        ];
        await using var app = await TestApp.Start("sqlite");
        await using var scope = app.Services.CreateAsyncScope();
        var wrong = new List<string>();
        var runs = typeof(BellhopDb)
            .Assembly.GetTypes()
            .Where(t => t is { IsAbstract: true, IsSealed: true } && !open.Contains(t.Name))
            .Select(t => t.GetMethod("Run", BindingFlags.Public | BindingFlags.Static))
            .OfType<MethodInfo>()
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Actor)))
            .ToList();
        runs.Count.ShouldBeGreaterThan(8);
        foreach (var run in runs)
        {
            var arguments = run.GetParameters()
                .Select(p =>
                    p.ParameterType == typeof(Actor) ? Actor.Nobody
                    : p.ParameterType == typeof(CancellationToken) ? CancellationToken.None
                    : scope.ServiceProvider.GetService(p.ParameterType)
                        ?? (p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)
                )
                .ToArray();
            try
            {
                await (Task)run.Invoke(null, arguments)!;
                wrong.Add($"{run.DeclaringType!.Name} let nobody in");
            }
            catch (Exception error)
            {
                if (
                    (error as TargetInvocationException)?.InnerException is not Refusal { Status: 401 }
                    && error is not Refusal { Status: 401 }
                )
                {
                    wrong.Add(
                        $"{run.DeclaringType!.Name} looked at something before it asked who: {error.GetBaseException().GetType().Name}"
                    );
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_table_of_an_organisation_begins_its_keys_with_it(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var mine = db.Model.GetEntityTypes().Where(e => !BellhopDb.Global.Contains(e.ClrType)).ToList();

        mine.Where(e => e.FindPrimaryKey()!.Properties[0].Name != "OrganizationId").Select(e => e.ClrType.Name).ShouldBeEmpty();
        mine.SelectMany(e =>
                e.GetIndexes()
                    .Where(i => i.IsUnique && i.Properties[0].Name != "OrganizationId")
                    .Select(i => $"{e.ClrType.Name}: {string.Join(',', i.Properties.Select(p => p.Name))}")
            )
            .ShouldBeEmpty();
    }

    private static IEnumerable<(string File, string Feature, string Named)> Named(string folder)
    {
        foreach (var file in Files(folder))
        {
            var feature = Path.GetRelativePath(folder, file).Split('/')[0];
            foreach (
                var named in Feature()
                    .Matches(File.ReadAllText(file))
                    .Select(m => m.Groups[1].Value)
                    .Where(n => n != feature && Features.Contains(n))
                    .Distinct()
            )
            {
                yield return (Path.GetRelativePath(Source, file), feature, named);
            }
        }
    }

    /// <summary>The files that people write: migrations are made by the tool. A folder that is not there has none.</summary>
    private static IEnumerable<string> Written(params string[] folders) =>
        folders
            .Select(f => Path.Combine(Root(), f))
            .Where(Directory.Exists)
            .SelectMany(Files)
            .Where(f => !f.Contains("/Migrations/", StringComparison.Ordinal));

    internal static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Bellhop.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the source tree.");
        }

        return folder;
    }

    [GeneratedRegex(@"\bFeatures\.(\w+)")]
    private static partial Regex Feature();
}

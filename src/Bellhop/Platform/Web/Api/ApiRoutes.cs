using System.Reflection;
using Microsoft.Extensions.Options;

namespace Bellhop.Platform.Web;

/// <summary>
/// Maps the routes of a group as the framework's own methods do, with one difference: the code that reads a call's arguments is made at
/// the route's first call, not when the program starts. For all routes together it is a thousand compiled methods.
/// </summary>
internal static class ApiRoutes
{
    public static RouteHandlerBuilder MapGet(this RouteGroupBuilder routes, string pattern, Delegate useCase) =>
        Map(routes, HttpMethods.Get, pattern, useCase);

    public static RouteHandlerBuilder MapPost(this RouteGroupBuilder routes, string pattern, Delegate useCase) =>
        Map(routes, HttpMethods.Post, pattern, useCase);

    public static RouteHandlerBuilder MapPut(this RouteGroupBuilder routes, string pattern, Delegate useCase) =>
        Map(routes, HttpMethods.Put, pattern, useCase);

    public static RouteHandlerBuilder MapPatch(this RouteGroupBuilder routes, string pattern, Delegate useCase) =>
        Map(routes, HttpMethods.Patch, pattern, useCase);

    public static RouteHandlerBuilder MapDelete(this RouteGroupBuilder routes, string pattern, Delegate useCase) =>
        Map(routes, HttpMethods.Delete, pattern, useCase);

    private static RouteHandlerBuilder Map(RouteGroupBuilder routes, string method, string pattern, Delegate useCase)
    {
        var route = routes.MapMethods(pattern, [method], Unmade);
        route.Finally(endpoint => MakeLate((RouteEndpointBuilder)endpoint, method, useCase));
        return new([route]);
    }

    private static Task Unmade(HttpContext http) => throw new InvalidOperationException("A route was called before it was built.");

    /// <summary>Gives the route its use case, and says of it at once all that descriptions and checks look for.</summary>
    private static void MakeLate(RouteEndpointBuilder endpoint, string method, Delegate useCase)
    {
        // The filters go with the use case, whose result they see; left here, the framework would put them before this handler.
        var inner = new RouteEndpointBuilder(null, endpoint.RoutePattern, endpoint.Order)
        {
            ApplicationServices = endpoint.ApplicationServices,
        };
        foreach (var filter in endpoint.FilterFactories)
        {
            inner.FilterFactories.Add(filter);
        }

        endpoint.FilterFactories.Clear();
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = endpoint.ApplicationServices,
            RouteParameterNames = endpoint.RoutePattern.Parameters.Select(p => p.Name),
            ThrowOnBadRequest = endpoint.ApplicationServices.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest,
            DisableInferBodyFromParameters = method == HttpMethods.Get || method == HttpMethods.Delete,
            EndpointBuilder = inner,
        };
        inner.Metadata.Add(useCase.Method);
        foreach (var attribute in useCase.Method.GetCustomAttributes())
        {
            inner.Metadata.Add(attribute);
        }

        RequestDelegateFactory.InferMetadata(new DescribedMethod(useCase.Method), options);
        foreach (var (i, one) in inner.Metadata.Index())
        {
            endpoint.Metadata.Insert(i, one); // what the route says of itself comes later and counts more
        }

        var made = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(useCase, options).RequestDelegate);
        endpoint.RequestDelegate = http => made.Value(http);
    }
}

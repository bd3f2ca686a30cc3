namespace Bellhop.Platform.Web;

/// <summary>HEAD is GET without the body: the server leaves that out by itself, but routes have to be found by it.</summary>
internal static class HeadRequests
{
    public static T WithHead<T>(this T routes)
        where T : IEndpointConventionBuilder
    {
        routes.Finally(Add);
        return routes;
    }

    private static void Add(EndpointBuilder endpoint)
    {
        if (
            endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is { } methods
            && methods.HttpMethods.Contains("GET")
            && !methods.HttpMethods.Contains("HEAD")
        )
        {
            endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, "HEAD"], methods.AcceptCorsPreflight));
        }
    }
}

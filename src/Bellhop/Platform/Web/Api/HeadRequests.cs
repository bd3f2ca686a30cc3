namespace Bellhop.Platform.Web;

/// <summary>Lets GET routes answer HEAD too. The server leaves out the body by itself.</summary>
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

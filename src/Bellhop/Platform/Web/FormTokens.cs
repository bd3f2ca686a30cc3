using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Platform.Web;

/// <summary>
/// Proves that a form or a call comes from our own pages. On https the cookie is bound to this host, like the session's. That needs another
/// cookie name, and the framework's antiforgery has only one name, so there are two of it.
/// </summary>
internal sealed class FormTokens(IDataProtectionProvider protection, ILoggerFactory logs) : IAntiforgery
{
    private readonly IAntiforgery _plain = Make("bellhop-form", CookieSecurePolicy.None, protection, logs);
    private readonly IAntiforgery _secure = Make("__Host-bellhop-form", CookieSecurePolicy.Always, protection, logs);

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => For(httpContext).GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => For(httpContext).GetTokens(httpContext);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => For(httpContext).IsRequestValidAsync(httpContext);

    public Task ValidateRequestAsync(HttpContext httpContext) => For(httpContext).ValidateRequestAsync(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => For(httpContext).SetCookieTokenAndHeader(httpContext);

    private IAntiforgery For(HttpContext http) => http.Request.IsHttps ? _secure : _plain;

    private static IAntiforgery Make(string cookie, CookieSecurePolicy secure, IDataProtectionProvider protection, ILoggerFactory logs) =>
        new ServiceCollection()
            .AddSingleton(protection)
            .AddSingleton(logs)
            .AddLogging()
            .AddAntiforgery(forms =>
            {
                forms.HeaderName = "X-CSRF-TOKEN";
                (forms.Cookie.Name, forms.Cookie.Path, forms.Cookie.SecurePolicy) = (cookie, "/", secure);
            })
            .BuildServiceProvider()
            .GetRequiredService<IAntiforgery>();
}

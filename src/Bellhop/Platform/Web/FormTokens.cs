using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Platform.Web;

/// <summary>
/// Proves that a form or a call comes from our own pages. On https the cookie is bound to this host, like the session's. That needs another
/// cookie name, and the framework's antiforgery has only one name, so there are two of it.
/// </summary>
internal sealed class FormTokens(IDataProtectionProvider protection, ILoggerFactory logs) : IAntiforgery
{
    /// <summary>Where a call that is no form has its token.</summary>
    public const string Header = "X-CSRF-TOKEN";

    private readonly IAntiforgery _plain = Make("bellhop-form", CookieSecurePolicy.None, protection, logs);
    private readonly IAntiforgery _secure = Make("__Host-bellhop-form", CookieSecurePolicy.Always, protection, logs);

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => For(httpContext).GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => For(httpContext).GetTokens(httpContext);

    /// <summary>The framework throws where the form with the token cannot be read. Such a form proves nothing.</summary>
    public async Task<bool> IsRequestValidAsync(HttpContext httpContext)
    {
        try
        {
            return await For(httpContext).IsRequestValidAsync(httpContext);
        }
        catch (AntiforgeryValidationException error)
        {
            return error.InnerException is BadHttpRequestException bad ? throw bad : false; // too large or too slow, and is told so
        }
    }

    public async Task ValidateRequestAsync(HttpContext httpContext)
    {
        try
        {
            await For(httpContext).ValidateRequestAsync(httpContext);
        }
        catch (AntiforgeryValidationException error) when (error.InnerException is BadHttpRequestException)
        {
            ExceptionDispatchInfo.Throw(error.InnerException);
        }
    }

    public void SetCookieTokenAndHeader(HttpContext httpContext) => For(httpContext).SetCookieTokenAndHeader(httpContext);

    private IAntiforgery For(HttpContext http) => http.Request.IsHttps ? _secure : _plain;

    private static IAntiforgery Make(string cookie, CookieSecurePolicy secure, IDataProtectionProvider protection, ILoggerFactory logs) =>
        new ServiceCollection()
            .AddSingleton(protection)
            .AddSingleton(logs)
            .AddLogging()
            .AddAntiforgery(forms =>
            {
                forms.HeaderName = Header;
                (forms.Cookie.Name, forms.Cookie.Path, forms.Cookie.SecurePolicy) = (cookie, "/", secure);
            })
            .BuildServiceProvider()
            .GetRequiredService<IAntiforgery>();
}

using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>What is refused, and how.</summary>
internal static class RefusalChecks
{
    internal static async Task<Refusal> Refused(int status, Func<Task> what)
    {
        var refusal = await Should.ThrowAsync<Refusal>(what);
        refusal.Status.ShouldBe(status);
        return refusal;
    }
}

using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Team;

/// <summary>Limits wrong codes of an account: six digits are soon guessed.</summary>
internal static class CodeTries
{
    /// <summary>Takes a try, checks the code, and gives the try back if the code is right.</summary>
    /// <exception cref="Refusal">429 after too many wrong codes; then the code is not checked.</exception>
    public static async Task<bool> Check(Throttles throttles, Guid userId, Func<Task<bool>> isRight)
    {
        var key = userId.ToString();
        if (throttles.CodesOfAccount.Take(key) is { } seconds)
        {
            throw Refusal.TooMany(seconds);
        }

        if (!await isRight())
        {
            return false;
        }

        throttles.CodesOfAccount.GiveBack(key);
        return true;
    }
}

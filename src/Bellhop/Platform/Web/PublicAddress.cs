namespace Bellhop.Platform.Web;

/// <summary>
/// The address of this Bellhop, as its operator configured it. No address is built from a request's Host header, which a caller can fake.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    /// <summary>The setting: such as <c>https://desk.example.org</c>.</summary>
    public const string Setting = "Bellhop:PublicAddress";

    private readonly string _base = Read(configuration[Setting]);

    /// <summary>Whether the operator configured an address. It then holds for every organisation.</summary>
    public bool IsSet => _base.Length > 0;

    /// <summary>The address of a path of ours; the path alone where no address is known.</summary>
    /// <param name="path">Begins with a slash.</param>
    /// <param name="own">The organisation's own address, for where the operator configured none.</param>
    public string Of(string path, string? own = null) => (IsSet ? _base : own) + path;

    /// <summary>An address in its standard spelling, without a slash at its end; null when it is none.</summary>
    public static string? Standard(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri.Query.Length + uri.Fragment.Length + uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Path).TrimEnd('/')
            : null;

    /// <exception cref="OperatorProblem">The setting is not a valid address.</exception>
    private static string Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return "";
        }

        return Standard(setting)
            ?? throw new OperatorProblem($"{Setting} takes an address such as https://desk.example.org; '{setting}' is none.");
    }
}

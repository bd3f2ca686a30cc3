namespace Bellhop.Platform.Web;

/// <summary>
/// The address of this Bellhop, as its operator configured it. No address is built from a request's Host header, which a caller can fake.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    /// <summary>The setting: such as <c>https://desk.example.org</c>.</summary>
    public const string Setting = "Bellhop:PublicAddress";

    private readonly string _base = Read(configuration[Setting]);

    /// <summary>The address of a path of ours; the path alone where no address is configured.</summary>
    public string Of(string path) => _base + path;

    /// <exception cref="OperatorProblem">The setting is not a valid address.</exception>
    private static string Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return "";
        }

        return
            Uri.TryCreate(setting, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
            && address.Query.Length + address.Fragment.Length == 0
            ? address.GetLeftPart(UriPartial.Path).TrimEnd('/')
            : throw new OperatorProblem($"{Setting} takes an address such as https://desk.example.org; '{setting}' is none.");
    }
}

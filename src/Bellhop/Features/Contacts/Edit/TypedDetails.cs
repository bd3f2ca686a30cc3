using System.Text.Json.Serialization.Metadata;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The details of a guest that staff give. In the API, each is a member of the guest under the detail's name.</summary>
internal static class TypedDetails
{
    /// <summary>Adds the members to what the API reads and describes.</summary>
    public static void AddMembers(JsonTypeInfo type)
    {
        Func<object, Dictionary<Detail, string?>>? of =
            type.Type == typeof(AddContact.Input) ? input => ((AddContact.Input)input).Details
            : type.Type == typeof(EditContact.Input) ? input => ((EditContact.Input)input).Details
            : null;
        foreach (var detail in of is null ? [] : ContactRow.Details.Where(d => type.Properties.All(p => p.Name != d.Name)))
        {
            var member = type.CreateJsonPropertyInfo(typeof(string), detail.Name);
            member.Set = (input, text) => of!(input)[detail] = (string?)text;
            type.Properties.Add(member);
        }
    }

    public static IReadOnlyList<(Detail Detail, string? Value)> Clean(Dictionary<Detail, string?> given, ValidationErrors errors) =>
        [.. given.Select(d => (d.Key, d.Key.Clean(d.Value, errors)))];
}

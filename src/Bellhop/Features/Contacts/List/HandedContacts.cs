using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Features.Flags;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.AspNetCore.Components;

namespace Bellhop.Features.Contacts;

/// <summary>
/// What the request read, handed to the circuit that takes the page over, as the framework's persistent state. The framework encrypts it
/// with the data-protection keys. It is bound to its viewer, the viewer's rights, the address and a short time, so that it shows nobody
/// what they may not see now.
/// </summary>
public sealed class HandedContacts
{
    /// <summary>
    /// The greatest size in bytes. A circuit's first message is at most 32 KB, including this and its encryption. Larger data is read again
    /// instead.
    /// </summary>
    internal const int Most = 16 * 1024;

    // A page that is opened again much later reads the data anew.
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(1);

    // Only the build that wrote the data may read it.
    private static readonly string Build = typeof(HandedContacts).Module.ModuleVersionId.ToString("N");

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new MinorUnits() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, // a list is mostly of guests of whom little is known
    };

    private readonly Content _content;
    private readonly byte[] _packed;

    private HandedContacts(Content content, byte[] packed) => (_content, _packed) = (content, packed);

    /// <summary>Packs the data; null when it is too large to hand over.</summary>
    /// <param name="told">The changes up to then, and their process. Later changes are looked at as soon as the page listens.</param>
    internal static HandedContacts? Of(SeeContacts.Row row, string? told, ContactsAddress address, Actor who)
    {
        var beside = row.List.Items.Select(i => new Beside(i.Labels, [.. i.Flags.Select(Kept.Of)], i.CountryGiven));
        var content = new Content(Binding(address, who), told, row, [.. beside]);
        var packed = Pack(content);
        return packed.Length > Most ? null : new(content, packed);
    }

    /// <summary>The data; null when it is not for this viewer, address or time.</summary>
    internal (SeeContacts.Row Row, string? Told)? For(ContactsAddress address, Actor who, DateTime now)
    {
        var row = _content.Row;
        if (!_content.Binding.AsSpan().SequenceEqual(Binding(address, who)) || now < row.AsOf || now - row.AsOf > Lives)
        {
            return null;
        }

        var guests = row.List.Items.Zip(
            _content.Beside,
            (guest, beside) =>
                guest with
                {
                    Labels = beside.Labels,
                    Flags = [.. beside.Flags.Select(f => f.Flag)],
                    CountryGiven = beside.CountryGiven,
                }
        );
        return (row with { List = new([.. guests], row.List.NextCursor) }, _content.Told);
    }

    // A hash, because the address contains what the viewer typed. That must not be packed beside what others wrote.
    private static byte[] Binding(ContactsAddress address, Actor who)
    {
        var limit = who.Properties is { } some ? string.Join(',', some.Order()) : "all";
        return SHA256.HashData(
            Encoding.UTF8.GetBytes($"{Build} {who.OrganizationId} {who.Id:N} {who.Permissions.Stored()} {limit} {address.Closed.Write()}")
        );
    }

    private static byte[] Pack(Content content)
    {
        using var packed = new MemoryStream(8 * 1024);
        using (var to = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(to, content, Json);
        }

        return packed.ToArray();
    }

    /// <param name="Beside">What the API's rows lack, for each guest.</param>
    private sealed record Content(byte[] Binding, string? Told, SeeContacts.Row Row, IReadOnlyList<Beside> Beside);

    private sealed record Beside(IReadOnlyList<TagLabel> Labels, IReadOnlyList<Kept> Flags, string? CountryGiven);

    /// <summary>A flag with the values that its JSON leaves out.</summary>
    private sealed record Kept(GuestFlagKind Reason, string Text, int Number)
    {
        public static Kept Of(GuestFlag flag) => new(flag.Reason, flag.Text, flag.Number);

        [JsonIgnore]
        public GuestFlag Flag => new(Reason, Text) { Number = Number };
    }

    /// <summary>Tells the framework how to write and read the data.</summary>
    internal sealed class Serializer : PersistentComponentStateSerializer<HandedContacts>
    {
        public override void Persist(HandedContacts value, IBufferWriter<byte> writer) => writer.Write(value._packed);

        public override HandedContacts Restore(ReadOnlySequence<byte> data)
        {
            var packed = data.ToArray();
            using var from = new BrotliStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            return new(JsonSerializer.Deserialize<Content>(from, Json)!, packed);
        }
    }

    /// <summary>Stores money in minor units. The API's format has main units, and reading it can fail.</summary>
    private sealed class MinorUnits : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString()!;
            return new(long.Parse(text.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture), text[..3]);
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Currency}{value.Minor}"));
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Tests.Features.Team;

/// <summary>A device that keeps one passkey, and the browser before it: what it makes and signs is as WebAuthn says.</summary>
internal sealed class Authenticator : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _owner = "";

    public string Origin { get; set; } = "http://localhost";

    /// <summary>The site for which it signs; the one that asks where null.</summary>
    public string? Site { get; set; }

    /// <summary>Whether it has asked for a finger or a PIN.</summary>
    public bool Verified { get; set; } = true;

    /// <summary>How often it has signed, as it says.</summary>
    public uint Count { get; set; }

    /// <summary>Makes its passkey.</summary>
    public string Make(string options)
    {
        var asked = JsonNode.Parse(options)!;
        _owner = asked["user"]!["id"]!.GetValue<string>();
        var client = Client("webauthn.create", asked["challenge"]!.GetValue<string>());
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data =
        [
            .. Data(Site ?? asked["rp"]!["id"]!.GetValue<string>(), flags: 0x40),
            .. new byte[16],
            0,
            (byte)_id.Length,
            .. _id,
            .. cose,
        ];
        byte[] attestation =
        [
            0xA3,
            .. CborText("fmt"),
            .. CborText("none"),
            .. CborText("attStmt"),
            0xA0,
            .. CborText("authData"),
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Credential(
            new()
            {
                ["clientDataJSON"] = Text(client),
                ["attestationObject"] = Text(attestation),
                ["transports"] = new JsonArray("internal"),
            }
        );
    }

    /// <summary>Signs with its passkey.</summary>
    public string Sign(string options)
    {
        var asked = JsonNode.Parse(options)!;
        var client = Client("webauthn.get", asked["challenge"]!.GetValue<string>());
        var data = Data(Site ?? asked["rpId"]!.GetValue<string>(), flags: 0);
        var signature = _key.SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            new()
            {
                ["clientDataJSON"] = Text(client),
                ["authenticatorData"] = Text(data),
                ["signature"] = Text(signature),
                ["userHandle"] = _owner,
            }
        );
    }

    public void Dispose() => _key.Dispose();

    private byte[] Client(string type, string challenge) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = challenge,
                ["origin"] = Origin,
                ["crossOrigin"] = false,
            }.ToJsonString()
        );

    private byte[] Data(string site, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), (byte)(flags | 1 | (Verified ? 4 : 0)), .. count];
    }

    private string Credential(JsonObject response) =>
        new JsonObject
        {
            ["id"] = Text(_id),
            ["rawId"] = Text(_id),
            ["type"] = "public-key",
            ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        }.ToJsonString();

    private static byte[] CborText(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}

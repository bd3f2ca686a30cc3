using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Tests.Features.Properties.Rates;

namespace Bellhop.Tests.Features.Properties.House;

public class LogoTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Fact]
    public void Only_the_picture_itself_is_kept()
    {
        var given = Png(8, 4, ("tEXt", "Comment\0taken at Ana's flat"u8.ToArray()));

        var ours = LogoPicture.Read(given);

        Encoding.Latin1.GetString(given).ShouldContain("Ana's flat");
        Encoding.Latin1.GetString(ours).ShouldNotContain("Ana's flat");
        LogoPicture.Read(ours).ShouldBe(ours, "it is one that we take");
    }

    [Fact]
    public void What_is_no_plain_picture_of_moderate_size_is_refused()
    {
        var good = Png(8, 4);
        byte[] broken = [.. good];
        broken[^20] ^= 1;
        (string Why, byte[] File)[] wrong =
        [
            ("nothing", []),
            ("a script", "<svg onload=alert(1)>"u8.ToArray()),
            ("a JPEG", [0xFF, 0xD8, 0xFF, 0xE0]),
            ("cut off", good[..^6]),
            ("a wrong checksum", broken),
            ("no pixels", Png(0, 4)),
            ("too wide", Png(1025, 1)),
            ("more data than pixels", Png(8, 4, rows: 5)),
            ("less data than pixels", Png(8, 4, rows: 3)),
            ("a bomb", Png(8, 4, rows: 5_000_000)),
            ("a chunk that must be understood", Png(8, 4, ("ABCD", []))),
            ("too large", new byte[LogoPicture.MostBytes + 1]),
        ];
        foreach (var (why, file) in wrong)
        {
            Should.Throw<Refusal>(() => LogoPicture.Read(file), why).Errors.Keys.ShouldBe(["file"], why);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_logo_is_shown_in_the_frame_and_on_the_booking_form_until_it_is_removed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        (await app.Anonymous().GetAsync($"/book/{house.Lisbon}/logo")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        var row = await (await owner.PutAsync("/api/v1/organization/logo", ImportRatesTests.Form(Png(8, 4)))).Json(200);
        await (
            await owner.Send(
                HttpMethod.Patch,
                "/api/v1/organization",
                """{"accent":"#0A7EA4","publicAddress":"https://desk.example.org/"}"""
            )
        ).Json(200);

        using var picture = await owner.GetAsync(row["logo"]!.GetValue<string>());
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await picture.Content.ReadAsByteArrayAsync()).ShouldBe(LogoPicture.Read(Png(8, 4)));
        var form = await app.Anonymous().GetStringAsync($"/book/{house.Lisbon}");
        form.ShouldContain($"/book/{house.Lisbon}/logo?v=");
        form.ShouldContain("/accent/0a7ea4.css");
        (await app.Anonymous().GetStringAsync("/accent/0a7ea4.css")).ShouldContain("--accent:#");
        (await app.Anonymous().GetAsync("/accent/red;}.css")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await app.Anonymous().GetByteArrayAsync($"/book/{house.Lisbon}/logo")).ShouldBe(LogoPicture.Read(Png(8, 4)));
        var seen = await owner.GetFromJson("/api/v1/organization");
        (seen["accent"]!.GetValue<string>(), seen["publicAddress"]!.GetValue<string>()).ShouldBe(("#0a7ea4", "https://desk.example.org"));
        var page = await (await (await app.SignedIn(house.OrganizationId, "Viewer")).GetAsync("/bookings")).Content.ReadAsStringAsync();
        page.ShouldContain("/api/v1/organization/logo?v=");
        page.ShouldContain("/accent/0a7ea4.css");

        (await (await owner.Send(HttpMethod.Patch, "/api/v1/organization", """{"accent":"red","publicAddress":"desk"}""")).Json(400))
            .Fields()
            .ShouldBe(["accent", "publicAddress"], ignoreOrder: true);
        (await owner.DeleteAsync("/api/v1/organization/logo")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await (await owner.GetAsync("/api/v1/organization/logo")).Json(404);
    }

    /// <summary>A black picture with an alpha channel.</summary>
    internal static byte[] Png(int width, int height, (string Name, byte[] Data) more = default, int? rows = null)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < (rows ?? height); row++)
            {
                zip.Write(new byte[1 + (width * 4)]);
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 6);
        byte[] file = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", head)];
        return [.. file, .. more.Name is null ? [] : Chunk(more.Name, more.Data), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[]? data)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(name), .. data ?? []];
        var crc = 0xFFFFFFFFu;
        foreach (var one in chunk)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. chunk, .. sum];
    }
}

using System.IO.Compression;
using System.Text;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using SkiaSharp;

namespace Bellhop.Tests.Features.Inbox.Media;

public class MediaContentTests
{
    [Fact]
    public void A_file_is_what_it_holds_and_not_what_it_is_called()
    {
        MediaContent.TypeOf(Pictures.Png()).ShouldBe("image/png");
        MediaContent.TypeOf(Pictures.Photo()).ShouldBe("image/jpeg");
        MediaContent.TypeOf("%PDF-1.7"u8).ShouldBe("application/pdf");
        MediaContent.TypeOf("OggS\0\x02"u8).ShouldBe("audio/ogg");
        MediaContent.TypeOf("\0\0\0\u0018ftypmp42"u8).ShouldBe("video/mp4");
        MediaContent.TypeOf("\0\0\0\u0018ftypM4A "u8).ShouldBe("audio/mp4");
        MediaContent.TypeOf("RIFF\0\0\0\0WEBPVP8 "u8).ShouldBe("image/webp");
        MediaContent.TypeOf("Check-in is at three. Até já! "u8).ShouldBe("text/plain");
        MediaContent.TypeOf("MZ\x90\0\x03\0\0\0"u8).ShouldBe(MediaContent.Unknown);
        MediaContent.TypeOf([]).ShouldBe(MediaContent.Unknown);
        MediaContent.TypeOf(Zip("word/document.xml")).ShouldEndWith("wordprocessingml.document");
        MediaContent.TypeOf(Zip("payload.bin")).ShouldBe("application/zip");
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>")]
    public void Markup_is_plain_text_and_no_picture(string markup)
    {
        var type = MediaContent.TypeOf(Encoding.UTF8.GetBytes(markup));
        type.ShouldBe("text/plain");
        MediaContent.IsPicture(type).ShouldBeFalse();
    }

    [Theory]
    [InlineData(AccountKind.WhatsApp, "image/gif", MessageType.Document)]
    [InlineData(AccountKind.Messenger, "image/gif", MessageType.Image)]
    [InlineData(AccountKind.WhatsApp, "audio/ogg", MessageType.Audio)]
    [InlineData(AccountKind.Telegram, "audio/ogg", MessageType.Document)]
    [InlineData(AccountKind.Instagram, "text/plain", MessageType.Document)]
    public void A_channel_gets_as_a_picture_or_sound_only_what_it_can_play(AccountKind channel, string type, MessageType sentAs) =>
        MediaContent.SentAs(type, channel).ShouldBe(sentAs);

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\Ana\\photo.jpg", "photo.jpg")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("one\r\ntwo.pdf", "one two.pdf")]
    [InlineData("…", "…")]
    [InlineData(" .. ", null)]
    [InlineData("\u202E", null)]
    [InlineData("ra\u0301pido.pdf", "rápido.pdf")]
    [InlineData("صورة.jpg", "صورة.jpg")]
    public void A_name_is_no_path_and_turns_no_writing_round(string raw, string? clean) => FileNames.Clean(raw).ShouldBe(clean);

    [Fact]
    public void A_long_name_keeps_its_ending()
    {
        var name = FileNames.Clean(new string('a', 500) + ".pdf")!;
        name.Length.ShouldBeLessThanOrEqualTo(256);
        name.ShouldEndWith(".pdf");
    }

    [Fact]
    public async Task A_preview_is_upright_and_holds_the_pixels_alone()
    {
        using var previews = new Previews();
        var made = (await Preview(previews, Pictures.Photo(4000, 3000))).ShouldNotBeNull();

        Encoding.Latin1.GetString(made).ShouldNotContain("GPS");
        using var picture = SKBitmap.Decode(made);
        (picture.Width, picture.Height).ShouldBe((960, 1280));
        picture.GetPixel(picture.Width - 20, 20).Red.ShouldBeGreaterThan((byte)150, "what was top left is top right when it is turned");
        picture.GetPixel(20, 20).Blue.ShouldBeGreaterThan((byte)150);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(8, false)]
    public async Task Each_way_of_holding_a_camera_is_turned_back(byte orientation, bool redIsTopLeft)
    {
        using var previews = new Previews();
        using var picture = SKBitmap.Decode(await Preview(previews, Pictures.Photo(400, 300, orientation)));
        (picture.GetPixel(10, 10).Red > 150).ShouldBe(redIsTopLeft);
        var (x, y) = orientation switch
        {
            3 => (picture.Width - 10, picture.Height - 10),
            8 => (10, picture.Height - 10),
            _ => (10, 10),
        };
        picture.GetPixel(x, y).Red.ShouldBeGreaterThan((byte)150);
    }

    [Fact]
    public async Task What_claims_more_pixels_than_any_camera_has_and_what_is_broken_get_no_preview()
    {
        using var previews = new Previews();
        (await Preview(previews, Pictures.Claiming(60_000, 60_000))).ShouldBeNull();
        (await Preview(previews, Pictures.Claiming(9_000, 9_000))).ShouldBeNull();
        (await Preview(previews, Pictures.Png()[..40])).ShouldBeNull();
        (await Preview(previews, [0xFF, 0xD8, 0xFF, 0xE0, 0, 0])).ShouldBeNull();
        (await Preview(previews, Pictures.Png())).ShouldNotBeNull();
    }

    private static async Task<byte[]?> Preview(Previews previews, byte[] content)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            return await previews.Of(path, default);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Zip(string entry)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry(entry);
        }

        return file.ToArray();
    }
}

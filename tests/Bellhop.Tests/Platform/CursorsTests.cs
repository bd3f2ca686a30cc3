using System.Diagnostics;
using System.Text;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Tests.Platform;

public class CursorsTests
{
    private static readonly byte[] Position = Encoding.UTF8.GetBytes("pires\0ana");
    private readonly Cursors _cursors = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void A_cursor_opens_for_its_own_list_alone_and_shows_nothing_of_its_place()
    {
        var cursor = _cursors.Write("1 contacts name", Position);

        _cursors.Read("1 contacts name", cursor).ShouldBe(Position);
        _cursors.Read("2 contacts name", cursor).ShouldBeNull();
        _cursors.Read("1 contacts -name", cursor).ShouldBeNull();
        cursor.ShouldMatch("^[A-Za-z0-9_-]+$");
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)).ShouldNotContain("pires");
    }

    [Fact]
    public void A_cursor_edited_anywhere_is_refused()
    {
        var cursor = _cursors.Write("contacts", Position);
        for (var i = 0; i < cursor.Length; i++)
        {
            var other = cursor[i] == 'A' ? 'B' : 'A';
            var edited = string.Concat(cursor.AsSpan(0, i), other.ToString(), cursor.AsSpan(i + 1));
            _cursors.Read("contacts", edited).ShouldBeNull(edited);
        }

        foreach (var nonsense in (string[])["", "abc", "%%%", cursor + "A", cursor[..^4], new string('A', 10_000), " " + cursor])
        {
            _cursors.Read("contacts", nonsense).ShouldBeNull(nonsense);
        }
    }

    [Fact]
    public void Sealing_and_opening_take_microseconds()
    {
        var cursor = _cursors.Write("contacts", Position);
        for (var i = 0; i < 2000; i++)
        {
            _cursors.Read("contacts", _cursors.Write("contacts", Position));
        }

        var best = Enumerable.Range(0, 20).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 200; i++)
            {
                _cursors.Write("contacts", Position);
                _cursors.Read("contacts", cursor);
            }

            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / 200;
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{best:F1} µs for one sealed and one opened");
        best.ShouldBeLessThan(200); // an order above what is measured on a quiet machine
    }
}

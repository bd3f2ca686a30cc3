using System.Text;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Bellhop.Tests.Platform;

public class CursorsTests
{
    private static readonly byte[] Position = Encoding.UTF8.GetBytes("pires\0ana");
    private readonly Cursors _cursors = new(new EphemeralDataProtectionProvider(), TimeProvider.System);

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
    public void Another_process_on_the_same_database_reads_it_and_one_elsewhere_does_not()
    {
        var protection = new EphemeralDataProtectionProvider();
        var cursor = new Cursors(protection, TimeProvider.System).Write("contacts", Position);

        new Cursors(protection, TimeProvider.System).Read("contacts", cursor).ShouldBe(Position);
        _cursors.Read("contacts", cursor).ShouldBeNull();
    }

    [Fact]
    public void A_key_is_for_a_day_and_what_it_sealed_is_read_after()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var cursors = new Cursors(new EphemeralDataProtectionProvider(), clock);
        var yesterday = cursors.Write("contacts", Position);
        clock.Advance(TimeSpan.FromDays(1));
        var today = cursors.Write("contacts", Position);

        today[..60].ShouldNotBe(yesterday[..60]);
        cursors.Read("contacts", yesterday).ShouldBe(Position);
        cursors.Read("contacts", today).ShouldBe(Position);
    }

    [Fact]
    public void Many_at_once_are_sealed_and_opened_whole() =>
        Parallel.For(
            0,
            2000,
            i =>
            {
                var place = Encoding.UTF8.GetBytes($"place {i}");
                _cursors.Read("contacts", _cursors.Write("contacts", place)).ShouldBe(place);
            }
        );
}

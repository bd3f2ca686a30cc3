using System.Buffers.Binary;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

public class PasswordsTests
{
    [Theory]
    [InlineData("short", false)]
    [InlineData("elevenchars", false)]
    [InlineData("password1234", false)]
    [InlineData("P@ssw0rd2024!", false)]
    [InlineData("123456789012", false)]
    [InlineData("abcdefghijkl", false)]
    [InlineData("aaaaaaaaaaaa", false)]
    [InlineData("abcabcabcabc", false)]
    [InlineData("passwordpassword", false)]
    [InlineData("bellhop-20261", false)]
    [InlineData("ana.reception@example.org", false)]
    [InlineData("reception1234", false)]
    [InlineData("twelve chars", true)]
    [InlineData("blue tram lisbon 9", true)]
    [InlineData("correct horse battery staple", true)]
    [InlineData("пароль из сосны", true)]
    [InlineData("zażółć gęślą", true)]
    public void A_password_is_long_and_hard_to_guess_and_nothing_else(string password, bool taken)
    {
        var errors = new ValidationErrors();
        Passwords.Check(errors, "password", password, "ana.reception@example.org");
        errors.Any.ShouldBe(!taken);
    }

    [Theory]
    [InlineData("letmein-to-the-desk", false)]
    [InlineData("HarbourHostel2026!", false)]
    [InlineData("harbour2026harbour", false)]
    [InlineData("Welcome-Harbour-1", false)]
    [InlineData("blue tram harbour 9", true)]
    public void What_is_made_of_the_houses_name_common_words_and_a_year_is_common(string password, bool taken)
    {
        var errors = new ValidationErrors();
        Passwords.Check(errors, "password", password, "ana@example.org", "Harbour Hostel", "Lisbon");
        errors.Any.ShouldBe(!taken);
    }

    [Fact]
    public void One_of_64_characters_is_taken_and_one_of_a_megabyte_is_not()
    {
        var errors = new ValidationErrors();
        Passwords.Check(
            errors,
            "password",
            string.Concat(Enumerable.Range(0, 64).Select(i => (char)('a' + (i * 7 % 26)))),
            "ana@example.org"
        );
        errors.Any.ShouldBeFalse();

        Passwords.Check(errors, "password", new('x', 1 << 20), "ana@example.org");
        errors.Any.ShouldBeTrue();
    }

    [Fact]
    public void A_hash_fits_its_own_password_alone_and_no_account_fits_none()
    {
        var passwords = new Passwords(new PasswordHasher<User>());
        var user = new User();
        user.PasswordHash = passwords.Hash(user, "blue tram l\u00edsbon");

        passwords.Fits(user, "blue tram li\u0301sbon").ShouldBeTrue(); // the accent typed as a character of its own
        passwords.Fits(user, "blue tram lisbon").ShouldBeFalse();
        passwords.Fits(user, "\ud800").ShouldBeFalse();
        passwords.Fits(user, new string('x', 1 << 20)).ShouldBeFalse();
        passwords.Fits(null, "the password of nobody at all").ShouldBeFalse();
        passwords.Fits(new(), "the password of nobody at all").ShouldBeFalse();
    }

    /// <summary>The other tests do with less. Identity's third form says in bytes 5 to 8 how often it went round.</summary>
    [Fact]
    public void The_product_hashes_a_password_a_hundred_thousand_times_or_more()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddTeam();
        using var services = builder.Services.BuildServiceProvider();

        var hash = Convert.FromBase64String(services.GetRequiredService<IPasswordHasher<User>>().HashPassword(new(), "blue tram lisbon 9"));

        hash[0].ShouldBe((byte)1);
        BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(100_000);
    }
}

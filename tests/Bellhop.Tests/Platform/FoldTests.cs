using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Platform;

public sealed class FoldTests
{
    // Letters whose two normal forms differ, marks that change places, invisible ones, both halves of a pair, long expansions.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.String[
            Gen.Char[
                "aÉßİıǅ\u0301\u0327\u0323 "
                    + "\u00A0\t\u200B\u200D\uFEFFがガ\u3099서\u1109\u1165\u11ABكأ\u0654\u064Bุ\u0E48\u0F71\u0F72\u0F74\u0EB8ﷺÅΐς\uD83D"
                    + "\uDE00\uD835\uDCD0`’—"
            ],
            0,
            40
        ]
    );

    [Fact]
    public void A_guest_is_found_as_the_unicode_collation_finds_them()
    {
        foreach (
            var row in File.ReadLines(Cases.Path("g_names/search_pairs.tsv"))
                .Skip(1)
                .Select(line => line.Split('\t'))
                .Where(row => row[2] == "yes")
        )
        {
            Fold.Key(row[1]).ShouldContain(Fold.Key(row[0]), Case.Sensitive, $"{row[0]} in {row[1]}");
        }
    }

    [Fact]
    public void A_guest_is_found_by_any_beginning_of_either_word_typed_without_accents()
    {
        foreach (var row in File.ReadLines(Cases.Path("g_names/names_by_country.csv")).Skip(1).Select(line => line.Split(',')))
        {
            foreach (var name in row[1..3])
            {
                var key = Fold.Key(name);
                foreach (var word in name.Split(' ', '-'))
                {
                    foreach (
                        var typed in new[] { word, WithoutAccents(word), word.ToUpperInvariant(), WithoutAccents(word).ToLowerInvariant() }
                    )
                    {
                        for (var end = 1; end <= typed.Length; end++)
                        {
                            key.ShouldContain(Fold.Key(typed[..end]), Case.Sensitive, $"{typed[..end]} in {name}");
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("  José  María\u00A0 ", "jose maria")]
    [InlineData("ŁÓDŹ Đoković Ærøskøbing Þór Ħ", "lodz dokovic aeroskobing thor h")]
    [InlineData("Straße ẞ Œuvre ﬁ ĳ", "strasse ss oeuvre fi ij")]
    [InlineData("İSTANBUL ıĞDIR", "istanbul igdir")]
    [InlineData("O’Brien O`Brien O´Brien ʻOkina", "o'brien o'brien o'brien 'okina")]
    [InlineData("Zeta–Jones Zeta‑Jones", "zeta-jones zeta-jones")]
    [InlineData("ＪＯＳＥ　１２３", "jose 123")]
    [InlineData("١٢٣ ۴۵ १२", "123 45 12")]
    [InlineData("Ё Й Ґ", "е и г")]
    [InlineData("ΠΈΤΡΟΣ Πέτρος", "πετροσ πετροσ")]
    [InlineData("أحمد إيمان آدم ٱلله", "احمد ايمان ادم الله")]
    [InlineData("فاطمة فاطمه عليّ علی", "فاطمه فاطمه علي علي")]
    [InlineData("שָׁלוֹם", "שלומ")]
    [InlineData("ﾊﾅｺ ハナコ はなこ", "はなこ はなこ はなこ")]
    [InlineData("ガッコウ", "かつこう")]
    [InlineData("कुमार", "कुमार")]
    [InlineData("ทักษิณ", "ทักษิณ")]
    [InlineData("毛泽东", "毛泽东")]
    [InlineData("100% Hotel_", "100% hotel_")]
    [InlineData("\uFEFFa\u200Bn\u00ADa\u200F", "ana")]
    [InlineData("🤷🏽\u200D♀️ Ⅷ ①", "🤷🏽♀ viii 1")]
    [InlineData("𝓙𝓸𝓼𝓮", "jose")]
    [InlineData(" \u200B ", "")]
    public void A_key_has_neither_case_nor_accents_nor_width(string text, string key) => Fold.Key(text).ShouldBe(key);

    [Fact]
    public void A_korean_name_is_found_while_its_last_syllable_is_being_typed()
    {
        Fold.Key("김서준").ShouldStartWith(Fold.Key("김서"), Case.Sensitive);
        Fold.Key("각").ShouldStartWith(Fold.Key("가"), Case.Sensitive);
        Fold.Key("서준").ShouldNotBe(Fold.Key("서진"));
    }

    [Fact]
    public void Half_a_character_is_left_out()
    {
        Fold.Key("A" + '\uD83D' + "na" + '\uDE00').ShouldBe("ana");
        Fold.Key("" + '\uD83D').ShouldBe("");
    }

    [Fact]
    public void A_key_that_is_one_already_is_given_back_as_it_is()
    {
        var key = string.Concat("jose maria o'brien ", "+34 612");
        Fold.Key(key).ShouldBeSameAs(key);
    }

    [Fact]
    public void A_long_text_with_long_expansions_is_folded_whole()
    {
        Fold.Key(new string('ﷺ', 5000)).ShouldBe(string.Concat(Enumerable.Repeat("صلي الله عليه وسلم", 5000)));
        Fold.Key(string.Join(' ', Enumerable.Range(0, 5000).Select(n => $"É{n}")))
            .ShouldBe(string.Join(' ', Enumerable.Range(0, 5000).Select(n => $"e{n}")));
    }

    [Fact]
    public void The_key_of_a_key_is_itself() => Texts.Sample(text => Fold.Key(Fold.Key(text)).ShouldBe(Fold.Key(text)));

    [Fact]
    public void Every_normal_form_of_a_text_has_one_key() =>
        Texts.Sample(text =>
        {
            if (Normalized(text, NormalizationForm.FormC) is { } composed)
            {
                Fold.Key(composed).ShouldBe(Fold.Key(text));
                Fold.Key(composed.Normalize(NormalizationForm.FormD)).ShouldBe(Fold.Key(text));
            }
        });

    [Fact]
    public void Every_character_there_is_has_one_key_in_both_normal_forms_that_no_second_folding_changes()
    {
        for (var point = 0; point <= 0x10FFFF; point++)
        {
            if (Rune.TryCreate(point, out var rune) && Normalized($"a{rune}b", NormalizationForm.FormD) is { } decomposed)
            {
                var key = Fold.Key($"a{rune}b");
                if (
                    Fold.Key(decomposed) != key
                    || Fold.Key(key) != key
                    || Fold.Key(rune.ToString().ToLowerInvariant()) != Fold.Key(rune.ToString())
                )
                {
                    Assert.Fail($"U+{point:X4} {rune}: {key} / {Fold.Key(decomposed)} / {Fold.Key(key)}");
                }
            }
        }
    }

    /// <summary>Stored keys were made with this table: whoever changes it makes a new version and rebuilds them.</summary>
    [Fact]
    public void The_table_of_version_1_never_changes()
    {
        var keys = new StringBuilder();
        for (var point = 0; point <= 0x10FFFF; point++)
        {
            if (Rune.TryCreate(point, out var rune))
            {
                keys.Append(Fold.Key(rune.ToString())).Append('\n');
            }
        }

        Fold.Version.ShouldBe(1);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keys.ToString())));
        hash.ShouldBe("73849d3500d1c1506c9e879e0a12fe0017778491fe6ed74b17bc32e50cc356f7");
    }

    private static string WithoutAccents(string word) =>
        string.Concat(
            word.Normalize(NormalizationForm.FormD)
                .EnumerateRunes()
                .Where(r => !(Rune.GetUnicodeCategory(r) == UnicodeCategory.NonSpacingMark && r.Value < 0x0900))
        );

    private static string? Normalized(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

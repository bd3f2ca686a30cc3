using Bellhop.Features.Intake;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Looking for a word in all texts at once finds what looking into each text finds.</summary>
public class SampleTextsTests
{
    private static readonly string[] Texts =
    [
        $" ana silva\nana@example.test\n+351912345678\n{SearchText.Apart}anasilva\n",
        "",
        $" silvana\n{SearchText.Apart}\n",
        $" maria ana\n+35191\n{SearchText.Apart}mariaana\n",
        " o\n",
        $" joao da silva\n{SearchText.Apart}joaodasilva\n",
    ];

    [Theory]
    [InlineData("ana")]
    [InlineData("an")]
    [InlineData("silva")]
    [InlineData("anasilva")]
    [InlineData("dasil")]
    [InlineData("351 91")]
    [InlineData("0035191")]
    [InlineData("nobody")]
    [InlineData("silva ana")]
    public void A_word_is_found_in_each_text_that_has_it(string typed)
    {
        var texts = new SampleTexts(Texts);
        foreach (var word in SearchTerms.Of(typed).Words)
        {
            var expected = Enumerable.Range(0, Texts.Length).Where(at => word.IsIn(Texts[at])).ToList();
            for (var again = 0; again < 2; again++)
            {
                var found = texts.Having(word);
                Enumerable.Range(0, Texts.Length).Where(at => found[at]).ShouldBe(expected, word.Typed);
                found.Count.ShouldBe(expected.Count);
            }
        }
    }
}

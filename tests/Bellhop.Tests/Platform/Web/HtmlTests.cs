using System.Globalization;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Tests.Platform.Web;

public class HtmlTests
{
    [Fact]
    public void Every_hole_is_encoded_as_text_and_in_attributes()
    {
        var name = "<b title=\"x\">O'Neill & Søn</b>";

        Html.Of($"""<a title="{name}">{name}</a>""")
            .ToString()
            .ShouldBe(
                """<a title="&lt;b title=&quot;x&quot;&gt;O&#x27;Neill &amp; Søn&lt;/b&gt;">&lt;b title=&quot;x&quot;&gt;O&#x27;Neill &amp; Søn&lt;/b&gt;</a>"""
            );
    }

    [Fact]
    public void Only_markup_that_was_made_so_is_not_encoded_again()
    {
        var bold = Html.Of($"<b>{"<i>"}</b>");

        Html.Of($"<p>{bold}{Html.None}</p>").ToString().ShouldBe("<p><b>&lt;i&gt;</b></p>");
    }

    [Fact]
    public void Numbers_ids_and_names_are_the_same_in_every_culture_and_nothing_is_nothing()
    {
        CultureInfo.CurrentCulture = new("ar-SA");
        string? nobody = null;

        Html.Of($"{-1.5}|{Guid.Empty}|{Source.BookingCom}|{nobody}|{1234:0}")
            .ToString()
            .ShouldBe("-1.5|00000000-0000-0000-0000-000000000000|BookingCom||1234");
    }

    [Fact]
    public void Pieces_are_taken_once()
    {
        var pieces = new Html.Builder();

        pieces.Add($"<p>{"a<b"}");
        pieces.Add($"</p>");

        pieces.Take().ToString().ShouldBe("<p>a&lt;b</p>");
        pieces.Take().ToString().ShouldBe("");
    }
}

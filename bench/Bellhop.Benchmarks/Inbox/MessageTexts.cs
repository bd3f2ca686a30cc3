namespace Bellhop.Benchmarks.Inbox;

/// <summary>What the guests of a benchmark write: words of the trade, some in most messages, and a few that are sown evenly.</summary>
internal static class MessageTexts
{
    /// <summary>A word of one message in a thousand.</summary>
    public const string InThousand = "harbour";

    /// <summary>Another word of one message in a thousand.</summary>
    public const string AlsoInThousand = "sauna";

    /// <summary>A word of one hundred messages, however many there are.</summary>
    public const string Rare = "lighthouse";

    /// <summary>A word of more than half of the messages.</summary>
    public const string InMost = "room";

    /// <summary>A word of none.</summary>
    public const string InNone = "zeppelin";

    private static readonly string[] Words =
    [
        .. """
            room check the we can night in at breakfast is please late arrive early for booking a you our time thank and key there day how
            to parking airport train taxi bed towels double quiet floor view two three guests children baby cot price pay card cash invoice
            transfer luggage store before after noon evening morning tomorrow today friday saturday sunday shower hot water cold heating
            window street noise terrace balcony garden pool gym lift stairs dog cat allowed smoking kitchen fridge coffee tea milk vegan
            gluten allergy dinner lunch restaurant table reserve near beach museum tram bus ticket map walk minutes far bike rent car code
            door reception open closed desk passport copy name second change date cancel refund deposit confirm email phone call message
            wifi password slow working broken lamp iron hairdryer adapter charger pillow blanket clean again extra stay longer leave
            checkout deal birthday surprise flowers wine bottle anniversary quietest highest upgrade suite single twin triple dormitory
            locker laundry machine coins soap beautiful lovely great wonderful problem sorry wait soon perfect ok see you welcome
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>The text of a message by its number. Common words come often, as in any language.</summary>
    public static string Of(int number, int of, Random random)
    {
        var words = new List<string>(12);
        for (var left = 5 + random.Next(6); left > 0; left--)
        {
            var at = random.NextDouble();
            words.Add(Words[(int)(at * at * at * Words.Length)]);
        }

        if (Falls(number, 1000, 7))
        {
            words.Insert(random.Next(words.Count), InThousand);
        }

        if (Falls(number, 1000, 13))
        {
            words.Insert(random.Next(words.Count), AlsoInThousand);
        }

        if (Falls(number, of / 100, 29))
        {
            words.Insert(random.Next(words.Count), Rare);
        }

        return string.Join(' ', words);
    }

    /// <summary>Once in every so many, each time at another place.</summary>
    private static bool Falls(int number, int every, int seed) =>
        number % every == (int)(((number / every) + seed) * 2_654_435_761L % every);
}

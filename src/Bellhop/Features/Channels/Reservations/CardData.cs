using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>
/// Takes payment cards out of a message before anything of it is kept: numbers are masked, security codes and magnetic stripes go. It works
/// on values, after entities and escapes are read, so that no way of writing a digit hides it.
/// </summary>
internal static partial class CardData
{
    private const int ShortestCard = 13;

    // Names as letters and digits alone, in lower case.
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "cvv",
        "cvv2",
        "cvc",
        "cvc2",
        "cid",
        "csc",
        "seriescode",
        "securitycode",
        "cardsecuritycode",
        "cardcvv",
        "cardcvc",
        "cccvv",
        "cccvc",
        "cvvcode",
        "cvccode",
        "verificationcode",
        "verificationvalue",
        "cardverificationvalue",
        "cardverificationcode",
        "magneticstripe",
        "magstripe",
        "trackdata",
        "track1",
        "track2",
        "pin",
        "pinblock",
        "rawmessage",
        "password", // some senders prove themselves within the message
    };

    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "cardnumber",
        "ccnumber",
        "creditcardnumber",
        "pan",
        "ccnum",
        "cardno",
        "accountnumber",
    };

    // Some ids and phones pass for card numbers by chance, and a changed one would be another's.
    private static readonly HashSet<string> Ids = new(StringComparer.Ordinal)
    {
        "id",
        "residvalue",
        "uniqueid",
        "systemid",
        "revisionid",
        "bookingid",
        "otareservationcode",
        "externalid",
        "echotoken",
        "resguestrph",
        "reference",
        "externalcode",
        "revision",
    };

    private static readonly HashSet<string> Phones = new(StringComparer.Ordinal)
    {
        "phone",
        "phonenumber",
        "mobile",
        "telephone",
        "mobilephone",
    };

    public static void Mask(XDocument document)
    {
        var ofCards = new HashSet<XElement>(); // parents come before what stands within them
        foreach (var element in document.Descendants().ToList())
        {
            var own = Plain(element.Name.LocalName);
            var isCard = IsCard(own) || (element.Parent is { } above && ofCards.Contains(above));
            if (isCard)
            {
                ofCards.Add(element);
            }

            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList())
            {
                var name = Plain(attribute.Name.LocalName);
                if (IsDropped(name))
                {
                    attribute.Remove();
                }
                else
                {
                    attribute.Value = Masked(name, attribute.Value, isCard);
                }
            }

            if (IsDropped(own))
            {
                element.RemoveNodes();
                continue;
            }

            // The number may stand in an element within, as in CardNumber/PlainText.
            var holder = element.Parent is { } parent && Plain(parent.Name.LocalName) is var its && Numbers.Contains(its) ? its : own;
            if (element.Nodes().OfType<XText>().ToList() is { Count: > 0 } texts && !element.HasElements)
            {
                var text = string.Concat(texts.Select(t => t.Value));
                element.ReplaceNodes(new XText(Masked(holder, text, isCard)));
            }
            else
            {
                foreach (var text in element.Nodes().OfType<XText>())
                {
                    text.Value = Masked("", text.Value, isCard);
                }
            }
        }
    }

    public static JsonNode? Masked(JsonNode? node) => Masked(node, "", isCard: false);

    private static JsonNode? Masked(JsonNode? node, string name, bool isCard) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .Where(m => !IsDropped(Plain(m.Key)))
                    .Select(m =>
                        KeyValuePair.Create(CardNumbers.Masked(m.Key), Masked(m.Value, Plain(m.Key), isCard || IsCard(Plain(m.Key))))
                    )
                    .DistinctBy(m => m.Key)
            ),
            JsonArray items => new JsonArray([.. items.Select(i => Masked(i, name, isCard))]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Masked(name, text, isCard)),
            JsonValue value => Masked(name, value.ToJsonString(), isCard) is var text && text == value.ToJsonString()
                ? value.DeepClone()
                : JsonValue.Create(text),
            _ => null,
        };

    private static bool IsDropped(string name) =>
        Dropped.Contains(name) || name.Contains("cvv", StringComparison.Ordinal) || name.Contains("cvc", StringComparison.Ordinal);

    /// <summary>Whether what stands within is a payment card's, so that no number in there is an id.</summary>
    private static bool IsCard(string name) =>
        name.Contains("card", StringComparison.Ordinal) || name is "guarantee" or "guarantees" or "vcc" or "paymentinstrument";

    private static bool IsId(string name) => Ids.Contains(name) || name.EndsWith("id", StringComparison.Ordinal);

    private static string Masked(string name, string text, bool isCard)
    {
        var digits = text.Count(char.IsDigit);
        if (digits < 3 || (!isCard && (IsId(name) || (digits <= CardNumbers.LongestPhone && Phones.Contains(name)))))
        {
            return text;
        }

        if (Numbers.Contains(name) || (isCard && digits >= ShortestCard && text.All(c => !char.IsLetter(c))))
        {
            var known = CardNumbers.Masked(text);
            return known == text && digits > 8 ? AllButTheEnd(text, digits) : known;
        }

        return SecurityCode().Replace(CardNumbers.Masked(text), "$1***");
    }

    // Mistyped, it is not a card number by Luhn's test, and still close to one.
    private static string AllButTheEnd(string text, int digits)
    {
        const int Kept = 4;
        var seen = 0;
        return string.Concat(text.Select(c => char.IsDigit(c) && ++seen <= digits - Kept ? '*' : c));
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>A security code that somebody wrote into a text, such as <c>CVV: 123</c>.</summary>
    [GeneratedRegex(
        @"(\b(?:cvv2?|cvc2?|csc|cid|card\s?code|security\s?code|series\s?code|prüfziffer|prüfnummer)\b[^0-9\r\n]{0,20})[0-9]{3,4}\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecurityCode();
}

using System.Collections.Frozen;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Reads a consent as people and programs write it.</summary>
internal static class YesNo
{
    // Answers to a question. The other words say themselves what was decided.
    private static readonly FrozenSet<string> Answers = HeadingWords.Set(
        "yes|y|true|t|1|x|on|ok|✓|✔|no|n|false|f|0|off|ja|j|wahr|nein|falsch|oui|vrai|non|faux|sí|s|si|verdadero|falso|vero|"
            + "sim|verdadeiro|não|نعم|صحيح|لا|خطأ|nee|waar|onwaar|nej|sant|falskt|tak|nie|ano|evet|hayır|да|нет"
    );

    private static readonly FrozenDictionary<string, bool> Words = All().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for yes, false for no, null for another text.</summary>
    public static bool? Of(string text) => Words.TryGetValue(Heading.Key(text), out var yes) ? yes : null;

    /// <summary>Whether the text is a bare yes or no.</summary>
    public static bool IsAnswer(string text) => Answers.Contains(Heading.Key(text));

    private static IEnumerable<KeyValuePair<string, bool>> All()
    {
        const string Yes =
            "yes|y|true|t|1|x|on|ok|opted in|opt in|optin|opt-in|subscribed|confirmed|granted|agreed|accepted|consented|✓|✔|"
            + "ja|j|wahr|zugestimmt|angemeldet|abonniert|oui|vrai|accepté|abonné|inscrit|sí|s|verdadero|aceptado|suscrito|si|"
            + "vero|accettato|iscritto|sim|verdadeiro|aceito|aceite|inscrito|نعم|صحيح|مشترك|waar|sant|tak|ano|evet|да";
        const string No =
            "no|n|false|f|0|off|opted out|opt out|optout|unsubscribed|cleaned|denied|refused|declined|revoked|blocked|blacklisted|never|"
            + "nein|falsch|abgelehnt|abgemeldet|non|faux|refusé|désabonné|désinscrit|falso|rechazado|no suscrito|rifiutato|"
            + "disiscritto|não|recusado|não inscrito|descadastrado|لا|خطأ|غير مشترك|"
            + "nee|onwaar|nej|falskt|nie|hayır|нет|not subscribed";
        return Yes.Split('|')
            .Select(w => (Word: w, Yes: true))
            .Concat(No.Split('|').Select(w => (Word: w, Yes: false)))
            .Select(w => KeyValuePair.Create(Heading.Key(w.Word), w.Yes))
            .DistinctBy(w => w.Key);
    }
}

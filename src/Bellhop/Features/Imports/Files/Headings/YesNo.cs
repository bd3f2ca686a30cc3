using System.Collections.Frozen;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Reads a consent as people and programs write it.</summary>
internal static class YesNo
{
    private static readonly FrozenDictionary<string, bool> Words = All().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for yes, false for no, null for another text.</summary>
    public static bool? Of(string text) => Words.TryGetValue(Heading.Key(text), out var yes) ? yes : null;

    private static IEnumerable<KeyValuePair<string, bool>> All()
    {
        const string Yes =
            "yes|y|true|t|1|x|on|ok|opted in|opt in|optin|opt-in|subscribed|confirmed|granted|agreed|accepted|consented|✓|✔|"
            + "ja|j|wahr|zugestimmt|angemeldet|abonniert|oui|vrai|accepté|abonné|inscrit|sí|s|verdadero|aceptado|suscrito|si|"
            + "vero|accettato|iscritto|sim|verdadeiro|aceito|aceite|inscrito|نعم|صحيح|مشترك";
        const string No =
            "no|n|false|f|0|off|opted out|opt out|optout|unsubscribed|cleaned|denied|refused|declined|revoked|blocked|blacklisted|never|"
            + "nein|falsch|abgelehnt|abgemeldet|non|faux|refusé|désabonné|désinscrit|falso|rechazado|no suscrito|rifiutato|"
            + "disiscritto|não|recusado|não inscrito|descadastrado|لا|خطأ|غير مشترك";
        return Yes.Split('|')
            .Select(w => (Word: w, Yes: true))
            .Concat(No.Split('|').Select(w => (Word: w, Yes: false)))
            .Select(w => KeyValuePair.Create(Heading.Key(w.Word), w.Yes))
            .DistinctBy(w => w.Key);
    }
}

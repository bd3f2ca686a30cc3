namespace Bellhop.Platform.Web;

/// <summary>Kept answers are forgotten when their 24 hours are over.</summary>
public static class ForgetAnswers
{
    public static readonly Chore Chore = new("forgetAnswers", (db, cancel) =>
    {
        var now = db.Now;
        return Upkeep.Forget(db, db.Answers.Where(a => a.ExpiresAt <= now).OrderBy(a => a.ExpiresAt), cancel);
    });
}

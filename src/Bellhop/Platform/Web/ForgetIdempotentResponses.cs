namespace Bellhop.Platform.Web;

/// <summary>Kept answers are forgotten when their 24 hours are over.</summary>
public static class ForgetIdempotentResponses
{
    public static readonly RecurringTask Recurring = new(
        "forgetAnswers",
        (db, cancel) =>
        {
            var now = db.Now;
            return RecurringTasks.Forget(db, db.IdempotentResponses.Where(a => a.ExpiresAt <= now).OrderBy(a => a.ExpiresAt), cancel);
        }
    );
}

namespace Bellhop.Platform.Web;

/// <summary>Deletes kept answers after their 24 hours.</summary>
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

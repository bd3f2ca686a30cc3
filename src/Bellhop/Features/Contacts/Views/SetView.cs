using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Views;

/// <summary>A person says how they want to see a list: which columns in which order and width, low rows, segments as tabs.</summary>
public static class SetView
{
    /// <param name="Columns">Names of columns in their order; an empty list for the usual ones.</param>
    /// <param name="Dense">Whether rows are low.</param>
    /// <param name="Tabs">Ids of segments, at most 12.</param>
    public sealed record Input(IReadOnlyList<Column> Columns, bool Dense, IReadOnlyList<Guid> Tabs);

    /// <param name="Name">A column's name.</param>
    /// <param name="Width">40 to 800 pixels; left out for what the content needs.</param>
    public sealed record Column(string Name, int? Width = null);

    /// <exception cref="Refusal">403 for a key; 404 for a list that has no views, or a segment that the person does not see; 412 where
    /// <paramref name="match"/> names another version; 400 listing every field at fault.</exception>
    public static async Task<Saved<ViewRow>> Run(string list, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        ViewRules.DemandList(list);
        Check(input);
        return await db.Save(
            async () =>
            {
                Guid[] tabs = [.. input.Tabs.Distinct()];
                var seen = await SeeView.Segments(tabs, who, db, cancel);
                if (tabs.FirstOrDefault(id => seen.All(s => s.Id != id)) is var missing && missing != Guid.Empty)
                {
                    throw Refusal.NotThere("segment", missing);
                }

                var view = await db.ListViews.SingleOrDefaultAsync(
                    v => v.OrganizationId == who.OrganizationId && v.UserId == who.Id && v.List == list,
                    cancel
                );
                match.Demand(view?.UpdatedAt ?? DateTime.UnixEpoch);
                var columns = input.Columns.Count == 0 ? ViewRow.Usual.Columns : input.Columns.Select(c => new ViewColumn(c.Name, c.Width));
                if (view is null)
                {
                    view = new()
                    {
                        OrganizationId = who.OrganizationId,
                        UserId = who.Id,
                        List = list,
                        Columns = "",
                        Tabs = [],
                    };
                    db.ListViews.Add(view);
                }

                var now = (ViewRules.Write(columns), input.Dense);
                if (now != (view.Columns, view.Dense) || !tabs.SequenceEqual(view.Tabs))
                {
                    (view.Columns, view.Dense) = now;
                    (view.Tabs, view.UpdatedAt) = (tabs, db.Now.After(view.UpdatedAt));
                }

                return new Saved<ViewRow>((await SeeView.Of(view, who, db, cancel)).Row, view.UpdatedAt);
            },
            cancel
        );
    }

    private static void Check(Input input)
    {
        var errors = new ValidationErrors();
        for (var i = 0; i < input.Columns.Count; i++)
        {
            var (name, width) = input.Columns[i];
            if (!ViewRules.IsColumn(name))
            {
                errors.Add($"columns[{i}].name", "OneOf", string.Join(", ", GuestCells.Columns.Select(c => c.Name)));
            }
            else if (input.Columns.Take(i).Any(c => c.Name == name))
            {
                errors.Add($"columns[{i}].name", "Once");
            }

            errors.Range($"columns[{i}].width", width, ViewRules.Narrowest, ViewRules.Widest);
        }

        if (input.Tabs.Count > ViewRules.MostTabs)
        {
            errors.Add("tabs", ErrorText.Of<ContactTexts>("View.TooManyTabs", ViewRules.MostTabs));
        }

        errors.Refuse();
    }
}

using Bellhop.Features.Contacts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellhop.Benchmarks.Contacts;

/// <summary>Draws the table as a circuit does: by the framework's own differences from what was drawn before. They go nowhere.</summary>
#pragma warning disable BL0006 // the framework's renderer is what is measured
internal sealed class TableDrawing : Renderer
{
    private readonly int _table;

    public TableDrawing(IServiceProvider services)
        : base(services, NullLoggerFactory.Instance) => _table = AssignRootComponentId(InstantiateComponent(typeof(ContactTable)));

    protected override RendererInfo RendererInfo { get; } = new("Server", isInteractive: true);

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    public Task Draw(ContactsAddress address, IReadOnlyList<ContactLine> lines) =>
        Dispatcher.InvokeAsync(() =>
            RenderRootComponentAsync(
                _table,
                ParameterView.FromDictionary(
                    new Dictionary<string, object?>
                    {
                        [nameof(ContactTable.Address)] = address,
                        [nameof(ContactTable.Lines)] = lines,
                        [nameof(ContactTable.MayEdit)] = true,
                        [nameof(ContactTable.MayDelete)] = true,
                        [nameof(ContactTable.MaySeeBookings)] = true,
                    }
                )
            )
        );

    protected override void HandleException(Exception exception) =>
        throw new InvalidOperationException("The table could not be drawn.", exception);

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch) => Task.CompletedTask;
}

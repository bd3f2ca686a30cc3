using Microsoft.AspNetCore.Components;

namespace Bellhop.Ui;

/// <summary>
/// Something was pressed or ticked in a row that is text to the framework: <c>data-act</c> of what it was, and the id its element's id ends
/// in. It comes from the browser and proves nothing.
/// </summary>
public sealed class RowAction : EventArgs
{
    /// <summary>What to do: <c>edit</c>, <c>delete</c>, <c>select</c>.</summary>
    public string Act { get; set; } = "";

    public Guid Id { get; set; }
}

/// <summary>Events of our own, which <c>bellhop.js</c> raises.</summary>
[EventHandler("onrowact", typeof(RowAction), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;

using Microsoft.AspNetCore.Components;

namespace Bellhop.Ui;

/// <summary>
/// A click or a tick in a row that the framework sees as plain text: the element's <c>data-act</c>, and the id at the end of its element
/// id. It comes from the browser, so it must not be trusted.
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

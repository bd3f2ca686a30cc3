namespace Bellhop.Ui;

/// <summary>
/// What the import panel shows above <em>Add Manual</em>: files of guests are a feature above the list, and so which component it is, is
/// said where the program is put together.
/// </summary>
/// <param name="Component">Takes <c>Places</c> and <c>Picked</c>.</param>
public sealed record ImportPart(Type Component);

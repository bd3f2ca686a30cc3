namespace Bellhop.Ui;

/// <summary>
/// What opens over a list of guests when one of them is chosen. It is composed of everything known of a guest, and so stands above the list
/// in the order of features:
/// which component it is, is said where the program is put together. Its parameters are the names below.
/// </summary>
/// <param name="Component">Takes <c>Id</c>, <c>House</c>, <c>HasNext</c>, <c>HasPrevious</c>, and calls <c>OnClose</c>, <c>OnNext</c>,
/// <c>OnPrevious</c>, <c>OnEdit</c>, <c>OnWritten</c> (with what to say).</param>
public sealed record GuestDrawer(Type Component);

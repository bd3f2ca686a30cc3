namespace Bellhop.Ui;

/// <summary>
/// What stands under a booking and belongs to features above it: which component it is, is said where the program is put together.
/// </summary>
/// <param name="Component">Takes <c>Id</c> (the booking), <c>Completed</c> and <c>Zone</c>.</param>
public sealed record StayPart(Type Component);

namespace Bellhop.Features.Properties;

/// <summary>A property as other resources name it.</summary>
public sealed record PropertyName(Guid Id, string Name);

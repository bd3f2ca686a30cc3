namespace Bellhop.Features.Contacts;

/// <summary>Names the texts in <c>ContactTexts.resx</c>.</summary>
public sealed class ContactTexts;

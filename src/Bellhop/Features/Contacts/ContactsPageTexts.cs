namespace Bellhop.Features.Contacts;

/// <summary>Names the texts in <c>ContactsPageTexts.resx</c>.</summary>
public sealed class ContactsPageTexts;

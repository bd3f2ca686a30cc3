namespace Bellhop.Features.Contacts.Bulk;

/// <summary>Marks the texts beside this file.</summary>
public sealed class BulkTexts;

namespace Bellhop.Features.Contacts.Export;

/// <summary>Marks the texts beside this file.</summary>
public sealed class ExportTexts;

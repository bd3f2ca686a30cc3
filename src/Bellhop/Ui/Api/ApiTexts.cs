namespace Bellhop.Ui.Api;

/// <summary>The words of the API's page.</summary>
public sealed class ApiTexts;

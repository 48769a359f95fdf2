namespace Aspire.Hosting.ApplicationModel;

/// <summary>Further properties of a command.</summary>
public class CommandOptions
{
    /// <summary>Longer text.</summary>
    public string? Description { get; set; }

    /// <summary>Passed to the dashboard.</summary>
    public object? Parameter { get; set; }

    /// <summary>A question to ask before.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Name of an icon.</summary>
    public string? IconName { get; set; }

    /// <summary>Variant of the icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown without opening a menu.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Whether it can be executed now; always if null.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

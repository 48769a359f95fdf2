namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of a resource.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    /// <param name="name">Unique name of the command, such as <see cref="KnownResourceCommands.RestartCommand"/>.</param>
    /// <param name="displayName">What the dashboard shows.</param>
    /// <param name="updateState">Whether it can be executed now.</param>
    /// <param name="executeCommand">Executes it.</param>
    /// <param name="displayDescription">Longer text.</param>
    /// <param name="parameter">Passed to the dashboard.</param>
    /// <param name="confirmationMessage">A question to ask before; null for none.</param>
    /// <param name="iconName">Name of an icon.</param>
    /// <param name="iconVariant">Variant of the icon.</param>
    /// <param name="isHighlighted">Whether it is shown without opening a menu.</param>
    public ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<UpdateCommandStateContext, ResourceCommandState> updateState,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        string? displayDescription,
        object? parameter,
        string? confirmationMessage,
        string? iconName,
        IconVariant? iconVariant,
        bool isHighlighted)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(updateState);
        ArgumentNullException.ThrowIfNull(executeCommand);
        Name = name;
        DisplayName = displayName;
        UpdateState = updateState;
        ExecuteCommand = executeCommand;
        DisplayDescription = displayDescription;
        Parameter = parameter;
        ConfirmationMessage = confirmationMessage;
        IconName = iconName;
        IconVariant = iconVariant;
        IsHighlighted = isHighlighted;
    }

    /// <summary>Unique name of the command.</summary>
    public string Name { get; }

    /// <summary>What the dashboard shows.</summary>
    public string DisplayName { get; }

    /// <summary>Whether it can be executed now.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    /// <summary>Executes it.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    /// <summary>Longer text.</summary>
    public string? DisplayDescription { get; }

    /// <summary>Passed to the dashboard.</summary>
    public object? Parameter { get; }

    /// <summary>A question to ask before; null for none.</summary>
    public string? ConfirmationMessage { get; }

    /// <summary>Name of an icon.</summary>
    public string? IconName { get; }

    /// <summary>Variant of the icon.</summary>
    public IconVariant? IconVariant { get; }

    /// <summary>Whether it is shown without opening a menu.</summary>
    public bool IsHighlighted { get; }
}

/// <summary>Variant of an icon.</summary>
public enum IconVariant
{
    /// <summary>Outlined.</summary>
    Regular,

    /// <summary>Filled.</summary>
    Filled,
}

/// <summary>What the state of a command depends on.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The resource's state.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>Services of the application host.</summary>
    public required IServiceProvider ServiceProvider { get; init; }
}

/// <summary>What a command gets.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>Services of the application host.</summary>
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>Id of the resource's instance.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends the command.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>What came of a command.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it was done.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was cancelled.</summary>
    public bool Canceled { get; init; }

    /// <summary>Why it was not done.</summary>
    public string? ErrorMessage { get; init; }
}

/// <summary>Creates results of commands.</summary>
public static class CommandResults
{
    /// <summary>It was done.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It was not done.</summary>
    /// <param name="errorMessage">Why.</param>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, ErrorMessage = errorMessage };

    /// <summary>It was not done.</summary>
    /// <param name="exception">Why.</param>
    public static ExecuteCommandResult Failure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Failure(exception.Message);
    }

    /// <summary>It was cancelled.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

/// <summary>Names of the commands that every started resource has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts the resource.</summary>
    public static readonly string StartCommand = "resource-start";

    /// <summary>Stops the resource.</summary>
    public static readonly string StopCommand = "resource-stop";

    /// <summary>Stops the resource and starts it again.</summary>
    public static readonly string RestartCommand = "resource-restart";
}

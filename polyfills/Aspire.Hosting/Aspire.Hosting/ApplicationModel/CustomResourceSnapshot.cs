using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of a resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>Kind of the resource, such as <c>Project</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Further facts: process id (<c>executable.pid</c>), number of restarts after a crash (<c>resource.restarts</c>).</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When the resource was made known, UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it started last, UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it ended last, UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>One of <see cref="KnownResourceStates"/>.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>Exit code of the last process that ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Health; null while the resource does not run. Without health checks a running resource is healthy; with them
    /// it is as healthy as the worst report, and unhealthy as long as one has not reported.
    /// </summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running
        ? null
        : HealthReports.Select(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy)
            .DefaultIfEmpty(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy)
            .Min();

    /// <summary>What the health checks reported last.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>The environment it was started with.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its links.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Its commands.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>Its relationships to other resources.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Whether the dashboard leaves it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Grows with each snapshot of a resource.</summary>
    internal long Version { get; init; }

    /// <summary>The handlers of <see cref="ResourceReadyEvent"/> for this run; null before the resource is ready.</summary>
    internal Task? ReadyEvent { get; init; }
}

/// <summary>State of a resource.</summary>
/// <param name="Text">One of <see cref="KnownResourceStates"/>.</param>
/// <param name="Style">One of <see cref="KnownResourceStateStyles"/>.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style.</summary>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}

/// <summary>An environment variable of a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsFromSpec">Whether the description of the application set it; otherwise it was inherited.</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>A link of a resource.</summary>
/// <param name="Name">Name of the endpoint; null if it belongs to none.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="IsInternal">Whether it is left out of the table.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();

    /// <summary>Whether nothing answers there now.</summary>
    public bool IsInactive { get; init; }
}

/// <summary>How a link is shown.</summary>
/// <param name="DisplayName">What is shown; the address if empty.</param>
/// <param name="SortOrder">Larger comes first.</param>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A relationship to another resource.</summary>
/// <param name="ResourceName">Name of the other resource.</param>
/// <param name="Type">Kind of the relationship.</param>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>A fact about a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value must not be shown.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>A command of a resource.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="State">Whether it can be executed now.</param>
/// <param name="DisplayName">What is shown.</param>
/// <param name="DisplayDescription">Longer text.</param>
/// <param name="Parameter">Passed along.</param>
/// <param name="ConfirmationMessage">A question to ask before.</param>
/// <param name="IconName">Name of an icon.</param>
/// <param name="IconVariant">Variant of the icon.</param>
/// <param name="IsHighlighted">Whether it is shown without opening a menu.</param>
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    object? Parameter,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted);

/// <summary>What one health check reported.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="Status">Its result; null before the first one.</param>
/// <param name="Description">What the check said.</param>
/// <param name="ExceptionText">What went wrong in the check.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it ran last, UTC.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>Whether a command can be executed.</summary>
public enum ResourceCommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It cannot now.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}

/// <summary>Styles of states.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Good.</summary>
    public static readonly string Success = "success";

    /// <summary>Bad.</summary>
    public static readonly string Error = "error";

    /// <summary>Neutral.</summary>
    public static readonly string Info = "info";

    /// <summary>Deserves attention.</summary>
    public static readonly string Warn = "warning";
}

/// <summary>States of resources.</summary>
public static class KnownResourceStates
{
    /// <summary>Being started, at first or again after a crash.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Its process runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>No process could be started; the log says why.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>What runs the resource does not work.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>Being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Ended by command, or by itself with an error.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Ended by itself with exit code 0.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waiting for another resource.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>To be started by command.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>In use, for a resource that does not start or stop.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>The states of a resource that has ended and is not started again by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

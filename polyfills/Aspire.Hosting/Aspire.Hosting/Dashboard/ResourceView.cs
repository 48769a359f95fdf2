using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;

namespace Aspire.Hosting.Dashboard;

/// <summary>An instance of a resource as the page shows it.</summary>
internal sealed record ResourceView(
    string Id,
    string Name,
    string Type,
    string? State,
    string? Style,
    string? Health,
    string? HealthDetail,
    DateTime? Started,
    DateTime? Stopped,
    int? ExitCode,
    int Restarts,
    IReadOnlyList<UrlView> Urls,
    IReadOnlyList<CommandView> Commands)
{
    public static ResourceView From(ResourceEvent resource)
    {
        var snapshot = resource.Snapshot;
        return new ResourceView(
            resource.ResourceId,
            resource.Resource.Name,
            snapshot.ResourceType,
            snapshot.State?.Text,
            snapshot.State?.Style,
            snapshot.HealthStatus?.ToString(),
            string.Join("\n", snapshot.HealthReports.Select(report => report.Description).Where(description => !string.IsNullOrEmpty(description))),
            snapshot.StartTimeStamp,
            snapshot.StopTimeStamp,
            snapshot.ExitCode,
            ResourceRunner.Restarts(snapshot),
            [.. snapshot.Urls.Where(url => !url.IsInternal).OrderByDescending(url => url.DisplayProperties.SortOrder).Select(url =>
                new UrlView(url.Name, url.Url, url.DisplayProperties.DisplayName, url.IsInactive))],
            [.. snapshot.Commands.Where(command => command.State != ResourceCommandState.Hidden).Select(command =>
                new CommandView(command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage, command.State == ResourceCommandState.Enabled))]);
    }
}

/// <summary>A link.</summary>
internal sealed record UrlView(string? Name, string Url, string Text, bool Inactive);

/// <summary>A command.</summary>
internal sealed record CommandView(string Name, string Text, string? Description, string? Confirmation, bool Enabled);

/// <summary>A line of a log.</summary>
internal sealed record LineView(int Number, string Time, string Text, bool Error)
{
    public static LineView From(LogLine line)
    {
        var blank = line.Content.IndexOf(' ', StringComparison.Ordinal);
        return new LineView(line.LineNumber, line.Content[..blank], line.Content[(blank + 1)..], line.IsErrorMessage);
    }
}

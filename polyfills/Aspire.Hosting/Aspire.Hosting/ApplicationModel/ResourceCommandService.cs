using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Executes commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _logs;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService logs, IServiceProvider services)
    {
        _notifications = notifications;
        _logs = logs;
        _services = services;
    }

    /// <summary>Executes a command of one instance.</summary>
    /// <param name="resourceId">Id of the instance, or name of a resource with one instance.</param>
    /// <param name="commandName">Name of the command, such as <see cref="KnownResourceCommands.RestartCommand"/>.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>What came of it; failures are told here, not thrown.</returns>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        _notifications.TryGetCurrentState(resourceId, out var current)
            ? await ExecuteAsync(current.ResourceId, current.Resource, commandName, cancellationToken).ConfigureAwait(false)
            : CommandResults.Failure($"Resource '{resourceId}' not found.");

    /// <summary>Executes a command of all instances of a resource at the same time.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">Name of the command.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>What came of it; failures are told here, not thrown.</returns>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var results = await Task.WhenAll(resource.GetInstanceIds().Select(id => ExecuteAsync(id, resource, commandName, cancellationToken))).ConfigureAwait(false);
        var failures = results.Where(result => !result.Success).ToArray();
        return failures switch
        {
            [] => CommandResults.Success(),
            _ when failures.All(failure => failure.Canceled) => CommandResults.Canceled(),
            _ => CommandResults.Failure(string.Join(Environment.NewLine, failures.Select(failure => failure.ErrorMessage))),
        };
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(string resourceId, IResource resource, string commandName, CancellationToken cancellationToken)
    {
        var log = _logs.GetLogger(resourceId);
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(command => command.Name == commandName) is not { } command)
        {
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");
        }

        log.LogInformation("Executing command '{CommandName}'.", commandName);
        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                ServiceProvider = _services,
                CancellationToken = cancellationToken,
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Command '{CommandName}' failed.", commandName);
            return CommandResults.Failure(exception);
        }
    }
}

using System.Collections;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Everything needed to start the process of one instance.</summary>
/// <param name="FileName">Full path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Full path of the directory it runs in.</param>
/// <param name="Environment">Its whole environment.</param>
/// <param name="OwnVariables">Names of the variables that the description set.</param>
internal sealed record LaunchPlan(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlySet<string> OwnVariables)
{
    // These describe the application host itself; the real package does not pass them on either.
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    private static StringComparer VariableComparer => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Works out how to start an instance.</summary>
    /// <exception cref="DistributedApplicationException">Something it needs is missing.</exception>
    public static async Task<LaunchPlan> CreateAsync(
        IResource resource,
        string id,
        int replica,
        ProjectTargets targets,
        DistributedApplicationExecutionContext executionContext,
        ILogger log,
        CancellationToken cancellationToken)
    {
        var own = await BuildVariablesAsync(resource, id, replica, executionContext, log, cancellationToken).ConfigureAwait(false);
        var arguments = await BuildArgumentsAsync(resource, replica, executionContext, log, cancellationToken).ConfigureAwait(false);
        var environment = new Dictionary<string, string>(VariableComparer);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && !NotInherited.Contains(name, VariableComparer))
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in own)
        {
            environment[name] = value;
        }

        var ownNames = own.Keys.ToHashSet(VariableComparer);
        switch (resource)
        {
            case ProjectResource:
                var projectPath = resource.Annotations.OfType<IProjectMetadata>().Single().ProjectPath;
                var target = await targets.ResolveAsync(resource.Name, projectPath, cancellationToken).ConfigureAwait(false);
                return new LaunchPlan(ProjectTargets.DotnetPath, [target, .. arguments], Path.GetDirectoryName(projectPath)!, environment, ownNames);
            case ExecutableResource executable when !Directory.Exists(executable.WorkingDirectory):
                throw new DistributedApplicationException($"Working directory '{executable.WorkingDirectory}' of resource '{resource.Name}' does not exist.");
            case ExecutableResource executable:
                var fileName = ExecutableFinder.Find(resource.Name, executable.Command, executable.WorkingDirectory);
                return new LaunchPlan(fileName, arguments, executable.WorkingDirectory, environment, ownNames);
            default:
                throw new DistributedApplicationException($"Resource '{resource.Name}' of type '{resource.GetType()}' cannot be started.");
        }
    }

    private static async Task<Dictionary<string, string>> BuildVariablesAsync(
        IResource resource,
        string id,
        int replica,
        DistributedApplicationExecutionContext executionContext,
        ILogger log,
        CancellationToken cancellationToken)
    {
        Dictionary<string, object> variables = new(VariableComparer)
        {
            ["OTEL_SERVICE_NAME"] = resource.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={id}",
        };
        var context = new EnvironmentCallbackContext(executionContext, resource, variables, cancellationToken) { Logger = log };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var values = new Dictionary<string, string>(VariableComparer);
        foreach (var (name, value) in variables)
        {
            // No value, as for an optional connection string, means no variable.
            if (await EvaluateAsync(value, resource, replica, cancellationToken).ConfigureAwait(false) is { } text)
            {
                values[name] = text;
            }
        }

        return values;
    }

    private static async Task<List<string>> BuildArgumentsAsync(
        IResource resource,
        int replica,
        DistributedApplicationExecutionContext executionContext,
        ILogger log,
        CancellationToken cancellationToken)
    {
        List<object> arguments = [];
        var context = new CommandLineArgsCallbackContext(arguments, resource, cancellationToken) { ExecutionContext = executionContext, Logger = log };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        List<string> texts = [];
        foreach (var argument in arguments)
        {
            if (await EvaluateAsync(argument, resource, replica, cancellationToken).ConfigureAwait(false) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>The text of a value; a reference to an endpoint of the resource itself means that of the replica.</summary>
    private static async ValueTask<string?> EvaluateAsync(object? value, IResource resource, int replica, CancellationToken cancellationToken)
    {
        ValueTask<string?> Nested(IValueProvider provider) => EvaluateAsync(provider, resource, replica, cancellationToken);

        return value switch
        {
            null => null,
            string text => text,
            EndpointReference endpoint when endpoint.Resource == resource => endpoint.Allocated(replica).UriString,
            EndpointReferenceExpression expression when expression.Endpoint.Resource == resource => expression.Value(replica),
            ReferenceExpression expression => await expression.EvaluateAsync(Nested).ConfigureAwait(false),
            JoinedValues joined => await joined.EvaluateAsync(Nested).ConfigureAwait(false),
            IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new DistributedApplicationException($"A value of type '{value.GetType()}' cannot be an environment variable or argument of resource '{resource.Name}'."),
        };
    }
}

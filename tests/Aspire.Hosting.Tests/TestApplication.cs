using System.Collections.Concurrent;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>An application of test services, with quick restarts and short patience.</summary>
public sealed class TestApplication : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("aspire-tests-").FullName;
    private DistributedApplication? _application;

    public TestApplication(bool dashboard = false)
    {
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(TestApplication).Assembly.GetName().Name,
            DisableDashboard = !dashboard,
            AllowUnsecuredTransport = true,
        });
        Builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["AppHost:Orchestrator:RestartDelayMilliseconds"] = "10",
            ["AppHost:Orchestrator:MaxRestarts"] = "3",
            ["AppHost:Orchestrator:StopGraceMilliseconds"] = "1000",
        });
        Builder.Services.AddLogging(logging => logging.ClearProviders());
        Builder.Eventing.Subscribe<BeforeResourceStartedEvent>((@event, _) =>
        {
            Started.Enqueue(@event.Resource.Name);
            return Task.CompletedTask;
        });
    }

    public IDistributedApplicationBuilder Builder { get; }

    public DistributedApplication Application => _application ??= Builder.Build();

    public ResourceNotificationService States => Application.ResourceNotifications;

    /// <summary>Names of the resources in the order they were started.</summary>
    public ConcurrentQueue<string> Started { get; } = new();

    public Uri DashboardAddress => Application.Services.GetServices<IHostedService>().OfType<DashboardHost>().Single().Address!;

    public string FilePath(string name) => Path.Combine(_directory, name);

    public IResourceBuilder<ProjectResource> AddService(string name, params string[] args) =>
        Builder.AddProject<Projects.Aspire_Hosting_TestService>(name).WithArgs(args);

    public async Task StartAsync()
    {
        using var timeout = Timeout();
        await Application.StartAsync(timeout.Token);
    }

    public async Task<CustomResourceSnapshot> WaitAsync(string resource, Func<CustomResourceSnapshot, bool> condition)
    {
        using var timeout = Timeout();
        try
        {
            return (await States.WaitForResourceAsync(resource, change => condition(change.Snapshot), timeout.Token)).Snapshot;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            States.TryGetCurrentState(resource, out var last);
            throw new TimeoutException($"Resource '{resource}' stays {last?.Snapshot}. Its log: {string.Join(" | ", await LinesAsync(resource))}");
        }
    }

    public Task<CustomResourceSnapshot> WaitAsync(string resource, string state) => WaitAsync(resource, snapshot => snapshot.State?.Text == state);

    /// <summary>Waits for a line of a resource's log and returns it without its time.</summary>
    public async Task<LogLine> WaitForLineAsync(string resourceId, Func<string, bool> condition)
    {
        using var timeout = Timeout();
        await foreach (var batch in Application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resourceId).WithCancellation(timeout.Token))
        {
            foreach (var line in batch.Select(Bare).Where(line => condition(line.Content)))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The log of '{resourceId}' ended without the line.");
    }

    /// <summary>The values that a service printed for its command <c>env</c>.</summary>
    public async Task<string> VariableAsync(string resourceId, string name) =>
        (await WaitForLineAsync(resourceId, line => line.StartsWith(name + "=", StringComparison.Ordinal))).Content[(name.Length + 1)..];

    public async Task<IReadOnlyList<string>> LinesAsync(string resourceId)
    {
        List<string> lines = [];
        await foreach (var batch in Application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resourceId))
        {
            lines.AddRange(batch.Select(line => Bare(line).Content));
        }

        return lines;
    }

    public async Task<ExecuteCommandResult> ExecuteAsync(string resourceId, string command)
    {
        using var timeout = Timeout();
        return await Application.ResourceCommands.ExecuteCommandAsync(resourceId, command, timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static LogLine Bare(LogLine line) => line with { Content = line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..] };

    private static CancellationTokenSource Timeout()
    {
        var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        return timeout;
    }
}

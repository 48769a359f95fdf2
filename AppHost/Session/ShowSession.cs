using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Hosting;
using DqnAspire.AppHost.Services;
using DqnAspire.AppHost.Supervision;
using DqnAspire.Monitoring;
using DqnAspire.Runs.Folders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Session;

/// <summary>Shows what was trained: EnvService and EvalService with its page, until Ctrl-C.</summary>
internal static class ShowSession
{
    /// <summary>Path of the page at EvalService.</summary>
    public const string PagePath = "/watch";

    /// <summary>Runs the two services.</summary>
    /// <param name="builder">The application, still empty.</param>
    /// <param name="policy">What is shown.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="dashboard">Where the dashboard listens.</param>
    /// <param name="signals">Ctrl-C and SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IDistributedApplicationBuilder builder,
        ShownPolicy policy,
        AppHostOptions options,
        DashboardAddresses dashboard,
        StopSignals signals)
    {
        var env = builder.AddService<Projects.EnvService>("env", "Games", options.PortOffset);
        var eval = builder.AddService<Projects.EvalService>("eval", "Trophy", options.PortOffset)
            .WithReference(env)
            .WithPolicy(policy)
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation
            {
                Url = PagePath,
                DisplayText = "Watch",
                Endpoint = endpoint,
            });
        PortCheck.RequireFree(SystemModel.Ports(builder).Concat(options.Headless ? [] : dashboard.Ports));

        using var log = FileLoggerProvider.Open(
            Path.Combine(policy.Info.RunFolder ?? Path.GetTempPath(), RunLayout.Logs));
        builder.AddOwnSettings();
        builder.LogTo(log);
        builder.Configuration.AddInMemoryCollection(HostSettings.Create());
        builder.Services.AddSingleton<ServiceSupervisor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ServiceSupervisor>());
        await using var app = builder.Build();
        var supervisor = app.Services.GetRequiredService<ServiceSupervisor>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            signals.Token, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var exitCode = ExitCodes.Success;
        try
        {
            await supervisor.GuardAsync(app.StartAsync(stop.Token)).ConfigureAwait(false);
            await supervisor.GuardAsync(app.ResourceNotifications.WaitForResourceHealthyAsync(
                eval.Resource.Name, stop.Token)).ConfigureAwait(false);
            var address = await eval.GetEndpoint("http").GetValueAsync(stop.Token).ConfigureAwait(false);
            Console.WriteLine($"Showing {policy.Info.RunId} {policy.Info.Label} ({policy.Info.EnvironmentId}).");
            Console.WriteLine($"Watch: {address}{PagePath}");
            if (!options.Headless)
            {
                Console.WriteLine($"Dashboard: {dashboard.Dashboard.GetLeftPart(UriPartial.Authority)}");
            }

            Console.WriteLine("Ctrl-C stops the services.");
            await supervisor.GuardAsync(Task.Delay(Timeout.Infinite, stop.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            exitCode = signals.ExitCode ?? ExitCodes.Success;
        }
        catch (Exception e)
        {
            // Every failure is one line for the user; the log has the details.
            app.Services.GetRequiredService<ILoggerFactory>().LogFailure(e);
            exitCode = Terminal.Fail(PortCheck.Advise(e.Message), log.Path);
        }

        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return exitCode;
    }
}

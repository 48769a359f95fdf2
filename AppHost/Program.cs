using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.AppHost;
using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Hosting;
using DqnAspire.AppHost.Redis;
using DqnAspire.AppHost.Session;
using DqnAspire.AppHost.Supervision;
using DqnAspire.Monitoring;
using DqnAspire.Play.Policies;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Aspire's tools ask for the model, as a manifest or for a deployment; nothing is trained.
if (AspireArguments.ArePipeline(args))
{
    var published = DistributedApplication.CreateBuilder(args);
    _ = new SystemModel(published, new AppHostOptions(), plan: null, redis: null);
    await published.Build().RunAsync();
    return Environment.ExitCode;
}

using var signals = new StopSignals();
var (ours, aspires) = AspireArguments.Split(args);
return await CommandLine.InvokeAsync(ours, async options =>
{
    try
    {
        Loopback.ExemptFromProxy();
        var dashboard = DashboardAddresses.Configure(options.PortOffset);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = aspires,
            DisableDashboard = options.Headless,
            AllowUnsecuredTransport = true,
            // The services' lines go into the same file as ours.
            EnableResourceLogging = true,
        });
        if (options.Show is { } shown)
        {
            return await ShowSession.RunAsync(builder, ShownPolicy.Find(shown), options, dashboard, signals);
        }

        using var plan = TrainingPlan.Make(options);
        using var redis = RedisChoice.Make(options, plan);
        var model = new SystemModel(builder, options, plan, redis);
        PortCheck.RequireFree(SystemModel.Ports(builder).Concat(options.Headless ? [] : dashboard.Ports));

        using var log = FileLoggerProvider.Open(Path.Combine(plan.Directory, RunLayout.Logs));
        builder.AddOwnSettings();
        builder.LogTo(log);
        builder.Configuration.AddInMemoryCollection(HostSettings.Create());
        builder.Services.AddSingleton<ServiceSupervisor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ServiceSupervisor>());
        var app = builder.Build();
        if (!options.Headless)
        {
            Console.WriteLine($"Dashboard: {dashboard.Dashboard.GetLeftPart(UriPartial.Authority)}");
        }

        var session = new TrainingSession(app, model, options, plan, signals, log.Path);
        var exitCode = await session.RunAsync();
        if (session.IsStarted)
        {
            await app.DisposeAsync();
        }

        return exitCode;
    }
    catch (Exception e) when (e is StartUpException or UnknownPresetException or SettingException
        or RunDirectoryException or RunControlException or PolicyException or IOException
            or UnauthorizedAccessException)
    {
        return Terminal.Fail(PortCheck.Advise(e.Message));
    }
});

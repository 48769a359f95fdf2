using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Two services with a child each; prints the process ids when all run.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
builder.Configuration["AppHost:Orchestrator:StopGraceMilliseconds"] = "500";
var first = builder.AddProject<Projects.Aspire_Hosting_TestService>("first")
    .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithArgs("http=HTTP_PORT", "child");
builder.AddProject<Projects.Aspire_Hosting_TestService>("second")
    .WithReference(first)
    .WaitFor(first)
    .WithArgs("child", "ignore-stop");

await using var app = builder.Build();
var logs = app.Services.GetRequiredService<ResourceLoggerService>();
foreach (var resource in builder.Resources)
{
    _ = Task.Run(async () =>
    {
        await foreach (var batch in logs.WatchAsync(resource))
        {
            foreach (var line in batch)
            {
                Console.WriteLine($"{resource.Name}: {line.Content[(line.Content.IndexOf(' ') + 1)..]}");
            }
        }
    });
}

await app.StartAsync();
Console.WriteLine("running");
await app.WaitForShutdownAsync();

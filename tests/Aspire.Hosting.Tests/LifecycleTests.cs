using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>Starting in order, health, restarts, stopping in order.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task WaitFor_StartsOnlyWhenHealthy()
    {
        await using var test = new TestApplication();
        var gate = test.FilePath("gate");
        var env = test.AddService("env", "http=HTTP_PORT", $"unhealthy-until-file={gate}")
            .WithHttpEndpoint(name: "http", env: "HTTP_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http");
        test.AddService("learner").WaitFor(env);
        var starting = test.StartAsync();

        await test.WaitAsync("learner", KnownResourceStates.Waiting);
        var unhealthy = await test.WaitAsync("env", snapshot => snapshot.HealthReports.Any(report => report.Status == HealthStatus.Unhealthy && report.Description!.Contains("503", StringComparison.Ordinal)));
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.HealthStatus);
        Assert.Equal(["env"], test.Started);

        await File.WriteAllTextAsync(gate, string.Empty, TestContext.Current.CancellationToken);
        await starting;
        Assert.Equal(["env", "learner"], test.Started);
        Assert.Equal(HealthStatus.Healthy, (await test.WaitAsync("env", KnownResourceStates.Running)).HealthStatus);
    }

    [Fact]
    public async Task WaitForResourceHealthy_ResourceThatCannotStart_Throws()
    {
        await using var test = new TestApplication();
        test.Builder.AddExecutable("missing", "no-such-program-anywhere", ".");
        await test.StartAsync();

        await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            test.States.WaitForResourceHealthyAsync("missing", WaitBehavior.StopOnResourceUnavailable, TestContext.Current.CancellationToken));
        var line = await test.WaitForLineAsync("missing", text => text.Contains("no-such-program-anywhere", StringComparison.Ordinal));
        Assert.True(line.IsErrorMessage);
    }

    [Fact]
    public async Task WaitFor_FailedDependency_FailsTheOneThatWaits()
    {
        await using var test = new TestApplication();
        var missing = test.Builder.AddExecutable("missing", "no-such-program-anywhere", ".");
        test.AddService("learner").WaitFor(missing);
        await test.StartAsync();

        await test.WaitAsync("learner", KnownResourceStates.FailedToStart);
        await test.WaitForLineAsync("learner", text => text.Contains("'missing'", StringComparison.Ordinal));
        Assert.DoesNotContain("learner", test.Started);
    }

    [Fact]
    public async Task WaitFor_EachOther_IsRefusedWithTheCycle()
    {
        await using var test = new TestApplication();
        var a = test.AddService("a");
        var b = test.AddService("b").WaitFor(a);
        a.WaitFor(b);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(test.StartAsync);
        Assert.Contains("a -> b -> a", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForCompletion_TakesTheExpectedExitCodeOnly()
    {
        await using var test = new TestApplication();
        var job = test.AddService("job", "exit=4");
        test.AddService("after").WaitForCompletion(job, exitCode: 4);
        test.AddService("never").WaitForCompletion(job);
        await test.StartAsync();

        await test.WaitAsync("after", KnownResourceStates.Running);
        await test.WaitAsync("never", KnownResourceStates.FailedToStart);
        var ended = await test.WaitAsync("job", KnownResourceStates.Exited);
        Assert.Equal(4, ended.ExitCode);
        Assert.Equal(0, Restarts(ended));
    }

    [Fact]
    public async Task Crash_IsRestarted_AndCounted()
    {
        await using var test = new TestApplication();
        test.AddService("env", $"exit-first={test.FilePath("crashes")}|2", "say=survived");
        await test.StartAsync();

        await test.WaitForLineAsync("env", text => text == "survived");
        var running = await test.WaitAsync("env", snapshot => snapshot.State?.Text == KnownResourceStates.Running && Restarts(snapshot) == 2);
        Assert.Equal(3, running.ExitCode);
        var lines = await test.LinesAsync("env");
        Assert.Contains(lines, line => line.Contains("exit code 3; restart 1 of 3 in 0.01 s", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("exit code 3; restart 2 of 3 in 0.02 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crash_Always_IsGivenUpWithTheExitCode()
    {
        await using var test = new TestApplication();
        test.AddService("env", "exit=5");
        await test.StartAsync();

        var ended = await test.WaitAsync("env", KnownResourceStates.Exited);
        Assert.Equal(5, ended.ExitCode);
        Assert.Equal(3, Restarts(ended));
        await test.WaitForLineAsync("env", text => text.Contains("exit code 5 and is not started again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kill_OfAService_IsRestarted()
    {
        await using var test = new TestApplication();
        test.AddService("env");
        await test.StartAsync();
        var processId = ProcessId(await test.WaitAsync("env", KnownResourceStates.Running));

        using (var process = System.Diagnostics.Process.GetProcessById(processId))
        {
            process.Kill();
        }

        var again = await test.WaitAsync("env", snapshot => snapshot.State?.Text == KnownResourceStates.Running && Restarts(snapshot) == 1);
        Assert.NotEqual(processId, ProcessId(again));
    }

    [Fact]
    public async Task EndWithoutError_IsFinished_AndNotRestarted()
    {
        await using var test = new TestApplication();
        test.AddService("job", "say=done", "complain=careful", "exit=0");
        await test.StartAsync();

        var ended = await test.WaitAsync("job", KnownResourceStates.Finished);
        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(0, Restarts(ended));
        Assert.NotNull(ended.StopTimeStamp);
        Assert.False((await test.WaitForLineAsync("job", text => text == "done")).IsErrorMessage);
        Assert.True((await test.WaitForLineAsync("job", text => text == "careful")).IsErrorMessage);
    }

    [Fact]
    public async Task Stop_GoesAgainstTheDependencies()
    {
        await using var test = new TestApplication();
        var order = test.FilePath("order");
        var env = test.AddService("env", $"append-at-stop={order}");
        var replay = test.AddService("replay", $"append-at-stop={order}").WaitFor(env);
        test.AddService("learner", $"append-at-stop={order}").WithReference(env).WaitFor(replay);
        await test.StartAsync();
        foreach (var name in new[] { "env", "replay", "learner" })
        {
            // Only then is the signal's handler there.
            await test.WaitForLineAsync(name, text => text.StartsWith("started", StringComparison.Ordinal));
        }

        await test.Application.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["learner", "replay", "env"], await File.ReadAllLinesAsync(order, TestContext.Current.CancellationToken));
        Assert.Equal(0, (await test.WaitAsync("env", KnownResourceStates.Exited)).ExitCode);
    }

    [Fact]
    public async Task Stop_OfOneThatDoesNotEnd_KillsItWithItsChildren()
    {
        await using var test = new TestApplication();
        test.AddService("stubborn", "child", "ignore-stop");
        await test.StartAsync();
        var child = (await test.WaitForLineAsync("stubborn", text => text.StartsWith("child ", StringComparison.Ordinal))).Content.Split(' ')[1];
        var processIds = new[] { ProcessId(await test.WaitAsync("stubborn", KnownResourceStates.Running)), int.Parse(child, CultureInfo.InvariantCulture) };
        Assert.All(processIds, processId => Assert.True(Processes.IsAlive(processId)));

        await test.Application.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(128 + 9, (await test.WaitAsync("stubborn", KnownResourceStates.Exited)).ExitCode);
        Assert.Empty(await Processes.WaitUntilGoneAsync(processIds));
    }

    [Fact]
    public async Task PortTaken_FailsWithOneLineThatNamesPortAndResource()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var test = new TestApplication();
        test.AddService("env").WithHttpEndpoint(port: port, name: "grpc", isProxied: false);
        await test.StartAsync();

        await test.WaitAsync("env", KnownResourceStates.FailedToStart);
        var line = await test.WaitForLineAsync("env", text => text.StartsWith($"Port {port} of resource 'env' (endpoint 'grpc') is already in use", StringComparison.Ordinal));
        Assert.True(line.IsErrorMessage);
    }

    [Fact]
    public async Task Commands_StopStartRestart()
    {
        await using var test = new TestApplication();
        test.AddService("env");
        await test.StartAsync();
        var first = ProcessId(await test.WaitAsync("env", KnownResourceStates.Running));

        Assert.True((await test.ExecuteAsync("env", KnownResourceCommands.StopCommand)).Success);
        await test.WaitAsync("env", KnownResourceStates.Exited);
        Assert.False(Processes.IsAlive(first));

        Assert.True((await test.ExecuteAsync("env", KnownResourceCommands.StartCommand)).Success);
        var second = ProcessId(await test.WaitAsync("env", KnownResourceStates.Running));

        Assert.True((await test.ExecuteAsync("env", KnownResourceCommands.RestartCommand)).Success);
        var third = await test.WaitAsync("env", KnownResourceStates.Running);
        Assert.False(Processes.IsAlive(second));
        Assert.True(Processes.IsAlive(ProcessId(third)));
        Assert.Equal(0, Restarts(third));
    }

    [Fact]
    public async Task Commands_UnknownResourceOrCommand_SaySo()
    {
        await using var test = new TestApplication();
        test.AddService("env");
        await test.StartAsync();

        Assert.Contains("'nobody'", (await test.ExecuteAsync("nobody", KnownResourceCommands.StopCommand)).ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'dance'", (await test.ExecuteAsync("env", "dance")).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplicitStart_WaitsForTheCommand()
    {
        await using var test = new TestApplication();
        test.AddService("eval").WithExplicitStart();
        await test.StartAsync();
        await test.WaitAsync("eval", KnownResourceStates.NotStarted);

        Assert.True((await test.ExecuteAsync("eval", KnownResourceCommands.StartCommand)).Success);
        await test.WaitAsync("eval", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Executable_IsFoundOnPath_AndGetsItsArguments()
    {
        await using var test = new TestApplication();
        test.Builder.AddExecutable("dotnet", "dotnet", ".", "--version");
        await test.StartAsync();

        await test.WaitAsync("dotnet", KnownResourceStates.Finished);
        await test.WaitForLineAsync("dotnet", text => text.StartsWith("10.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Project_ByPath_IsBuiltAndStarted()
    {
        await using var test = new TestApplication();
        var metadata = new Projects.Aspire_Hosting_TestService();
        test.Builder.AddProject("by-path", Path.GetRelativePath(test.Builder.AppHostDirectory, metadata.ProjectPath)).WithArgs("exit=0");
        await test.StartAsync();

        await test.WaitAsync("by-path", KnownResourceStates.Finished);
    }

    [Fact]
    public void GeneratedClasses_NameTheirProjects()
    {
        var metadata = new Projects.Aspire_Hosting_TestService();
        Assert.True(File.Exists(metadata.ProjectPath), metadata.ProjectPath);
        Assert.EndsWith("Aspire.Hosting.TestService.csproj", metadata.ProjectPath, StringComparison.Ordinal);
        Assert.True(((IProjectMetadata)metadata).SuppressBuild);
        Assert.NotNull(typeof(Projects.Aspire_Hosting_TestHost));
    }

    [Fact]
    public async Task Names_AreUniqueIgnoringCase()
    {
        await using var test = new TestApplication();
        test.AddService("env");
        Assert.Throws<DistributedApplicationException>(() => test.AddService("ENV"));
        Assert.Throws<ArgumentException>(() => test.AddService("not a name"));
    }

    private static int Restarts(CustomResourceSnapshot snapshot) => (int)snapshot.Properties.Single(property => property.Name == "resource.restarts").Value!;

    private static int ProcessId(CustomResourceSnapshot snapshot) => (int)snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
}

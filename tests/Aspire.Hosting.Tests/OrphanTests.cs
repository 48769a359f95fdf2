using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>Nothing outlives the application host, however it ends.</summary>
public sealed class OrphanTests
{
    [Fact]
    public async Task KilledHost_LeavesNothingAlive()
    {
        using var host = StartHost();
        var processIds = await ReadProcessIdsAsync(host);
        Assert.Equal(4, processIds.Count);
        Assert.All(processIds, processId => Assert.True(Processes.IsAlive(processId)));

        // SIGKILL: the host gets no chance to clean up.
        host.Kill(entireProcessTree: false);

        Assert.Empty(await Processes.WaitUntilGoneAsync(processIds));
    }

    [Fact]
    public async Task KilledSupervisor_LeavesNothingAlive()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The supervisor is found through /proc.");
        using var host = StartHost();
        try
        {
            var processIds = await ReadProcessIdsAsync(host);
            var supervisor = ParentOf(processIds[0]);

            using (var process = Process.GetProcessById(supervisor))
            {
                process.Kill();
            }

            Assert.Empty(await Processes.WaitUntilGoneAsync(processIds));
        }
        finally
        {
            host.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task KilledDotnetRun_EndsTheHostAndAll()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the system ends the program of a killed 'dotnet run'.");
        using var launcher = Start("run", "--no-build", "--configuration", Configuration, "--project", new Projects.Aspire_Hosting_TestHost().ProjectPath);
        var processIds = await ReadProcessIdsAsync(launcher);

        launcher.Kill(entireProcessTree: false);

        Assert.Empty(await Processes.WaitUntilGoneAsync(processIds));
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static int ParentOf(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static Process StartHost()
    {
        var project = new Projects.Aspire_Hosting_TestHost().ProjectPath;
        var framework = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Start(Path.Combine(Path.GetDirectoryName(project)!, "bin", Configuration, framework, "DqnAspire.Aspire.Hosting.TestHost.dll"));
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;

    /// <summary>The ids that the services print: their own and their children's.</summary>
    private static async Task<List<int>> ReadProcessIdsAsync(Process host)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TestApplication.Patience);
        var processIds = new HashSet<int>();
        var running = false;
        while (!running || processIds.Count < 4)
        {
            var line = await host.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException("The host ended.");
            running |= line == "running";
            var words = line.Split(' ');
            if (words is [_, "started" or "child", var number])
            {
                processIds.Add(int.Parse(number, CultureInfo.InvariantCulture));
            }
        }

        return [.. processIds];
    }
}

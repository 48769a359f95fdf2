using System.Diagnostics;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Tests;

/// <summary>One session at a time works in a run's folder.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-lock-").FullName;
    private readonly TrainingSettings _settings = PresetCatalog.BuiltIn.Resolve("cartpole-dense", []);

    private string Owner => Path.Combine(_folder, "owner.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ASecondOne_IsRefused_AndTheOwnerNamed()
    {
        using var first = RunWriter.Create(_folder, "r", _settings);

        foreach (var attempt in new Action[]
        {
            () => RunWriter.Open(_folder, _settings).Dispose(),
            () => RunDirectory.RequireFree(_folder),
            () => RunDirectory.RequireUsable(_folder),
        })
        {
            var error = Assert.Throws<RunDirectoryException>(attempt).Message;
            Assert.Contains($"in use by process {Environment.ProcessId} (", error, StringComparison.Ordinal);
            Assert.Contains($"on {Environment.MachineName}", error, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error);
        }
    }

    [Fact]
    public void WithItsEnd_TheFolderIsFree_AndTheLockLeavesNothing()
    {
        RunWriter.Create(_folder, "r", _settings).Dispose();

        RunDirectory.RequireFree(_folder);
        var again = RunWriter.Open(_folder, _settings);
        again.Dispose();
        using var third = RunWriter.Open(_folder, _settings);
        // A session that was closed twice has not closed that of its successor.
        again.Dispose();

        Assert.Throws<RunDirectoryException>(() => RunWriter.Open(_folder, _settings));
        third.Dispose();
        Assert.Equal(
            ["metrics.jsonl", "run.json"], Directory.EnumerateFiles(_folder).Select(p => Path.GetFileName(p)).Order());
    }

    [Fact]
    public void WhatAKilledProcessLeft_IsNoLock()
    {
        RunWriter.Create(_folder, "r", _settings).Dispose();
        File.WriteAllText(Path.Combine(_folder, "owner.lock"), "");
        // This process is alive, and so may be one of another machine; neither has the lock.
        foreach (var host in new[] { Environment.MachineName, "elsewhere" })
        {
            File.WriteAllText(
                Owner,
                $$"""
                {"process": 1, "started": "2020-01-01T00:00:00+00:00", "host": "{{host}}", "program": "LearnerService"}
                """);
            RunWriter.Open(_folder, _settings).Dispose();
        }

        File.WriteAllText(Owner, "{\"process\": null");
        File.WriteAllText(Path.Combine(_folder, "owner.lock"), "");
        RunWriter.Open(_folder, _settings).Dispose();
    }

    [Fact]
    public void AProcessId_ThatWasUsedAgain_IsAnotherProcess()
    {
        using var self = Process.GetCurrentProcess();
        var owner = new RunOwner(self.Id, self.StartTime.ToUniversalTime(), Environment.MachineName, "x");

        Assert.True(owner.MayBeAlive);
        Assert.False((owner with { Started = owner.Started.AddMinutes(-5) }).MayBeAlive);
        Assert.False((owner with { Process = int.MaxValue }).MayBeAlive);
        Assert.True((owner with { Process = int.MaxValue, Host = "elsewhere" }).MayBeAlive);
    }

    [Fact]
    public void TheLockOfAnotherProcess_EndsWhenItIsKilled()
    {
        RunWriter.Create(_folder, "r", _settings).Dispose();
        var lockPath = Path.Combine(_folder, "owner.lock");
        File.WriteAllText(lockPath, "");
        var start = new ProcessStartInfo("flock", ["--exclusive", lockPath, "sh", "-c", "echo locked; read x"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        Process holder;
        try
        {
            holder = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("flock is not installed.");
            return;
        }

        using (holder)
        {
            Assert.Equal("locked", holder.StandardOutput.ReadLine());
            Assert.Contains(
                "in use by another process",
                Assert.Throws<RunDirectoryException>(() => RunWriter.Open(_folder, _settings)).Message,
                StringComparison.Ordinal);
            holder.Kill(entireProcessTree: true);
            holder.WaitForExit();
        }

        RunWriter.Open(_folder, _settings).Dispose();
    }
}

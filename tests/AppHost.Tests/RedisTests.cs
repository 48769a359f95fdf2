using System.Text.RegularExpressions;
using DqnAspire.TestSupport;

namespace DqnAspire.AppHost.Tests;

/// <summary>The whole system with its experience in Redis.</summary>
public sealed class RedisTests
{
    [Fact]
    public async Task WithRedis_ItTrains_AndTheExperienceIsInAnAppendOnlyFile()
    {
        Assert.SkipUnless(
            RedisServerProcess.IsInstalled, "redis-server is not installed (Debian package redis-server).");
        await using var host = new RunningAppHost(
            "--redis",
            "--preset",
            "cartpole-dense",
            "--until-done",
            "--headless",
            "--set",
            "Run:MaxEpisodes=2",
            "--run-dir",
            "mine");

        Assert.Equal(2, await host.ExitAsync());

        Assert.Equal("", host.Errors);
        Assert.StartsWith(
            "result: preset=cartpole-dense seed=42 solved=false episodes=2 ", host.LastLine, StringComparison.Ordinal);
        await host.AllGoneAsync();
        var redis = Path.Combine(host.Folder, "mine.redis");
        var log = Directory.EnumerateFiles(Path.Combine(redis, "appendonlydir"), "*.aof").Select(File.ReadAllText)
            .ToList();
        Assert.Contains(log, text => Regex.IsMatch(text, @"APPEND\r\n\$\d+\r\ndqn:replay:frames:[^:\s]+/replay:0\r\n"));
        Assert.Empty(
            Directory.EnumerateFiles(Path.Combine(host.Folder, "mine"), "frames.bin", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows())
        {
            // The password is the user's alone.
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(redis, "redis.conf")));
        }
    }

    [Fact]
    public async Task ARedisThatIsThere_IsUsed()
    {
        await using var server = await RedisServerProcess.StartAsync("--appendonly", "yes", "--requirepass", "open");
        await using var host = new RunningAppHost(
            "--redis", $"{server.Address},password=open", "--until-done", "--headless", "--preset", "cartpole-dense",
            "--set", "Run:MaxEpisodes=2", "--run-dir", "mine");

        Assert.Equal(2, await host.ExitAsync());

        Assert.Equal("", host.Errors);
        Assert.False(Directory.Exists(Path.Combine(host.Folder, "mine.redis")));
        Assert.Empty(
            Directory.EnumerateFiles(Path.Combine(host.Folder, "mine"), "frames.bin", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task WithoutTheProgram_OneLineSaysHowToInstallIt_AndNothingIsStarted()
    {
        await using var host = new RunningAppHost(
            RunningAppHost.FreeOffset(), path: AppContext.BaseDirectory, "--redis", "--headless");

        Assert.Equal(1, await host.ExitAsync());

        Assert.StartsWith("error: --redis needs redis-server on the PATH", host.Errors, StringComparison.Ordinal);
        Assert.Contains("sudo apt install redis-server", host.Errors, StringComparison.Ordinal);
        Assert.Single(host.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", host.Output);
    }
}

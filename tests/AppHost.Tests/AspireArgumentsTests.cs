using DqnAspire.AppHost.Arguments;

namespace DqnAspire.AppHost.Tests;

public sealed class AspireArgumentsTests
{
    [Theory]
    [InlineData(true, "--operation", "publish", "--publisher", "manifest")]
    [InlineData(true, "--publisher=manifest")]
    [InlineData(true, "--operation", "publish", "--step", "deploy")]
    [InlineData(true, "--list-steps", "true", "--operation", "inspect")]
    [InlineData(false)]
    [InlineData(false, "--preset", "cartpole", "--until-done")]
    public void ArePipeline_TellsAspiresToolsFromRuns(bool expected, params string[] args) =>
        Assert.Equal(expected, AspireArguments.ArePipeline(args));

    [Fact]
    public void Split_GivesAspireItsSwitchesAndSettings_AndKeepsOurs()
    {
        var (ours, aspires) = AspireArguments.Split(
            ["--preset", "cartpole", "--environment", "Staging", "--set", "Run:Seed=3",
                "--Logging:LogLevel:Default=Debug", "--dcp-cli-path=/x", "--headless"]);

        Assert.Equal(["--preset", "cartpole", "--set", "Run:Seed=3", "--headless"], ours);
        Assert.Equal(["--environment", "Staging", "--Logging:LogLevel:Default=Debug", "--dcp-cli-path=/x"], aspires);
    }

    [Fact]
    public void Split_LeavesWhatNobodyKnowsToUs_WhereItIsAnError()
    {
        var (ours, aspires) = AspireArguments.Split(["--presets", "cartpole"]);

        Assert.Equal(["--presets", "cartpole"], ours);
        Assert.Empty(aspires);
    }
}

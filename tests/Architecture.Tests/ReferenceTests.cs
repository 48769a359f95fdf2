namespace DqnAspire.Architecture.Tests;

/// <summary>The rule of arrows in docs/ARCHITECTURE.md: which project may see which.</summary>
public sealed class ReferenceTests
{
    /// <summary>What a library may see directly, besides Core. A new library says here where it belongs.</summary>
    private static readonly Dictionary<string, string[]> Libraries = new()
    {
        ["Core"] = [],
        ["Contracts"] = [],
        ["Atari2600"] = [],
        ["Environments"] = [],
        ["Environments.Atari"] = ["Atari2600", "Environments"],
        ["Environments.Box2D"] = ["Environments"],
        ["Environments.BuiltIn"] = ["Environments", "Environments.Atari", "Environments.Box2D"],
        ["AtariTraces"] = ["Atari2600", "Environments", "Environments.Atari"],
        ["Replay"] = [],
        ["Replay.Redis"] = ["Replay"],
        ["NeuralNetworks"] = [],
        ["Agents"] = [],
        ["Runs"] = ["Agents"],
        ["Clients"] = ["Contracts"],
        ["Monitoring"] = ["Contracts", "Runs"],
        ["Play"] = ["Agents", "Runs"],
    };

    private static readonly string[] Emulator =
        ["Atari2600", "Environments.Atari", "Environments.Box2D", "Environments.BuiltIn"];
    private static readonly string[] Networks = ["NeuralNetworks"];
    private static readonly string[] Replay = ["Replay", "Replay.Redis"];

    /// <summary>What a program must not carry.</summary>
    public static TheoryData<string, string[]> Programs => new()
    {
        { "AppHost", [.. Emulator, .. Networks, .. Replay, "Environments"] },
        { "ServiceDefaults", [.. Emulator, .. Networks, .. Replay, "Environments", "Agents", "Runs"] },
        { "EnvService", [.. Networks, .. Replay, "Agents", "Runs"] },
        { "ReplayService", [.. Emulator, .. Networks, "Environments", "Agents", "Runs"] },
        { "LearnerService", [.. Emulator, .. Replay, "Environments"] },
        { "EvalService", [.. Emulator, .. Replay, "Environments"] },
        { "Cli", ["Replay.Redis"] },
    };

    [Fact]
    public void Library_SeesOnlyWhatItsPlaceAllows()
    {
        var libraries = Project.All.Values.Where(project => project.IsLibrary).ToList();

        Assert.Equal(Libraries.Keys.Order(), libraries.Select(project => project.Name).Order());
        Assert.All(libraries, project => Assert.Empty(project.References.Except([.. Libraries[project.Name], "Core"])));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_CarriesNothingThatItDoesNotUse(string program, string[] forbidden) =>
        Assert.Empty(Project.All[program].Closure().Intersect(forbidden));

    [Fact]
    public void NoProject_SeesAService_ButTestsAndBenchmarks()
    {
        var others = Project.All.Values.Where(project =>
            !project.Path.StartsWith("tests/", StringComparison.Ordinal)
                && !project.Path.StartsWith("benchmarks/", StringComparison.Ordinal));

        Assert.All(others, project => Assert.DoesNotContain(project.Closure(), name => Project.All[name].IsService));
    }

    [Fact]
    public void OnlyReplayRedisAndItsService_NameARedisClient()
    {
        var named = Project.All.Values
            .Where(project =>
                project.Packages.Any(package => package.Contains("StackExchange.Redis", StringComparison.Ordinal)))
            .Where(project => project.Name is not ("Replay.Redis" or "ReplayService"));

        Assert.All(named, project => Assert.StartsWith("tests/", project.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = Repository.Read("DqnAspire.sln").Replace('\\', '/');

        Assert.All(Project.All.Values, project =>
            Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }
}

using DqnAspire.Core;
using DqnAspire.Environments.BuiltIn;
namespace DqnAspire.Environments.Tests;

public sealed class EnvironmentRegistryTests
{
    [Fact]
    public void Default_ListsGymnasiumsIdsAndNumbers()
    {
        var known = BuiltInEnvironments.Registry.Definitions.Take(4)
            .Select(d => (d.Id, d.RewardThreshold, d.Create().MaxEpisodeSteps));
        Assert.Equal(
            [
                ("CartPole-v1", 475, 500),
                ("FrozenLake-v1", 0.70, 100),
                ("FrozenLake8x8-v1", 0.85, 200),
                ("LunarLander-v3", 200, 1000),
            ],
            known);
    }

    /// <summary>104 games with a rule and two of our own, four ids each.</summary>
    [Fact]
    public void Default_ListsTheAtariGames()
    {
        var games = BuiltInEnvironments.Registry.Definitions.Skip(4).ToArray();
        Assert.Equal(106 * 7, games.Length);
        Assert.All(games, d => Assert.Matches("^(ALE/[A-Za-z0-9]+-v5|[A-Za-z0-9]+-v[04])$", d.Id));
        Assert.All(
            games.Where(d => d.Id.Contains("Bricks") || d.Id.Contains("Volley")), d => Assert.Null(d.FindProblem()));
    }

    [Theory]
    [InlineData("cartpole-v1", "Did you mean CartPole-v1?")]
    [InlineData("FrozenLake8x8", "Did you mean FrozenLake8x8-v1")]
    [InlineData("PongNoFrameskip", "Did you mean PongNoFrameskip-v4 or ")]
    [InlineData(
        "A game that nobody knows",
        "There is no environment 'A game that nobody knows'. Known: CartPole-v1, FrozenLake-v1, FrozenLake8x8-v1, ")]
    public void UnknownId_OffersTheNearestAndListsAll(string id, string expected)
    {
        var exception = Assert.Throws<UnknownEnvironmentException>(() => BuiltInEnvironments.Registry.Create(id));
        Assert.Equal(id, exception.Id);
        Assert.Contains(expected, exception.Message);
        Assert.Contains("Known: CartPole-v1", exception.Message);
    }

    [Theory]
    [InlineData(
        "slippery", "true",
        "'slippery' is not an option of FrozenLake-v1; its options are map_name, desc, is_slippery")]
    [InlineData("is_slippery", "maybe", "is_slippery of FrozenLake-v1 is 'maybe'; it must be true or false.")]
    [InlineData("map_name", "5x5", "it must be one of 4x4, 8x8, random")]
    [InlineData("success_rate", "1.5", "it must be a number of 0..1")]
    [InlineData("success_rate", "NaN", "it must be a number of 0..1")]
    [InlineData("random_size", "2.5", "it must be a whole number of 2..64")]
    [InlineData("random_seed", "-1", "it must be a whole number of 0..18446744073709551615")]
    [InlineData("max_episode_steps", "-1", "it must be a whole number of 0..2147483647")]
    public void WrongOption_IsNamedWithWhatItTakes(string name, string value, string expected)
    {
        var exception = Assert.Throws<EnvironmentOptionException>(() =>
            BuiltInEnvironments.Registry.Create("FrozenLake-v1", new Dictionary<string, string> { [name] = value }));
        Assert.Equal(name, exception.Option);
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public void EveryDefault_IsAcceptedAsAValue()
    {
        foreach (var definition in BuiltInEnvironments.Registry.Definitions.Where(d => d.FindProblem() is null))
        {
            var all = definition.Options.ToDictionary(option => option.Name, option => option.DefaultValue);
            Assert.Equal(definition.Create().MaxEpisodeSteps, definition.Create(all).MaxEpisodeSteps);
        }
    }

    [Fact]
    public void MaxEpisodeSteps_CanBeChangedAndSwitchedOff()
    {
        var bytes = new byte[4];
        var lake = BuiltInEnvironments.Registry.Create(
            "FrozenLake-v1", new Dictionary<string, string> { ["max_episode_steps"] = "2", ["is_slippery"] = "false" });
        lake.Reset(0, bytes);
        Assert.False(lake.Step(0, bytes).Ended);
        Assert.Equal(StepFlags.Truncated, lake.Step(0, bytes).Flags);
        Assert.Throws<InvalidOperationException>(() => lake.Step(0, bytes));

        // The last step falls into a hole: ended and cut off at once.
        lake.Reset(0, bytes);
        lake.Step(1, bytes);
        Assert.Equal(StepFlags.Terminated | StepFlags.Truncated, lake.Step(2, bytes).Flags);

        var endless = BuiltInEnvironments.Registry.Create(
            "FrozenLake-v1", new Dictionary<string, string> { ["max_episode_steps"] = "0", ["is_slippery"] = "false" });
        endless.Reset(0, bytes);
        for (var i = 0; i < 300; i++)
        {
            Assert.False(endless.Step(0, bytes).Ended);
        }
    }

    [Fact]
    public void SameIdTwice_IsRefused()
    {
        var definition = BuiltInEnvironments.Registry.Get("CartPole-v1");
        Assert.Throws<ArgumentException>(() => new EnvironmentRegistry(definition, definition));
    }

    [Fact]
    public void ManyEnvironments_AreNotAllListedInAnError()
    {
        var many = Enumerable.Range(0, 100)
            .Select(i => new EnvironmentDefinition($"Game{i:000}-v1", "", _ => new CountingEnvironment(1)));
        var exception = Assert.Throws<UnknownEnvironmentException>(() => new EnvironmentRegistry(many).Get("Game055"));
        Assert.Contains("Did you mean Game055-v1 or ", exception.Message);
        Assert.EndsWith("and 80 more.", exception.Message);
    }

    [Fact]
    public void Box_ChecksShapeAndBounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ObservationSpace.Box(ElementType.UInt8, [84, 0], [0], [255]));
        Assert.Throws<ArgumentException>(() => ObservationSpace.Box(ElementType.Float32, [4], [0, 0], [1]));
        var frame = ObservationSpace.Box(ElementType.UInt8, [84, 84], [0], [255]);
        Assert.Equal(7056, frame.ByteCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => ObservationSpace.Discrete(0));
        Assert.Throws<ArgumentException>(() => new ActionSpace());
    }
}

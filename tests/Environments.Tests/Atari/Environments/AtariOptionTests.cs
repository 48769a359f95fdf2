using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.Tests.Atari.Cartridges;

namespace DqnAspire.Environments.Tests.Atari.Environments;

/// <summary>What the options of ALE and Gymnasium do, and what is refused.</summary>
public sealed class AtariOptionTests
{
    /// <summary>
    /// ALE's full set leaves out what a game does not take. The cartridges need not be here: Volley's stands for them.
    /// </summary>
    [Theory]
    [InlineData("skiing", 9)]
    [InlineData("lost_luggage", 9)]
    [InlineData("pong", 18)]
    public void TheFullActionSpace_IsThatOfTheGame(string id, int actions)
    {
        var emulator = new AtariEmulator(
            BundledCartridges.Get("volley").Span,
            GameCatalog.Default.Get(id),
            new AtariEmulatorOptions { FullActionSpace = true });

        Assert.Equal(actions, emulator.ActionSpace.Count);
        Assert.Equal(AtariActions.Names.Where(name => emulator.ActionSpace.Meanings.Contains(name)),
            emulator.ActionSpace.Meanings);
        Assert.Equal(actions == 18, emulator.ActionSpace.Meanings.Contains("FIRE"));
    }

    /// <summary>
    /// Making an environment has reset it once already: the console's own generator, which no seed reaches, is as far
    /// as after a reset with a seed.
    /// </summary>
    [Theory]
    [InlineData("BricksNoFrameskip-v4")]
    [InlineData("VolleyNoFrameskip-v4")]
    public void TheFirstResetWithoutASeed_IsTheSecondOfTheGame(string id)
    {
        var (unseeded, seeded) = (Create(id, ("obs_type", "ram")), Create(id, ("obs_type", "ram")));
        byte[] left = new byte[128], right = new byte[128];
        unseeded.Reset(null, left);
        seeded.Reset(1, right);
        Assert.Equal(right, left);

        unseeded.Reset(null, left);
        seeded.Reset(null, right);
        Assert.Equal(right, left);
    }

    [Fact]
    public void AStep_TellsItsFrames()
    {
        var environment = Create("BricksDeterministic-v4", ("max_num_frames_per_episode", "6"));
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(1, observation);
        Assert.Equal(["episode_frame_number", "frame_number"], environment.InfoNames);
        Assert.Equal([0L, 0], Info());

        environment.Step(0, observation);
        Assert.Equal([4L, 4], Info());
        Assert.True(environment.Step(0, observation).Truncated);
        Assert.Equal([6L, 6], Info());
        environment.Reset(null, observation);
        Assert.Equal([0L, 6], Info());
        environment.Reset(2, observation);
        Assert.Equal([0L, 0], Info());

        long[] Info()
        {
            var info = new long[2];
            environment.ReadInfo(info);
            return info;
        }
    }

    /// <summary>A game under a wrong cartridge: its mode never comes, and that is told at once.</summary>
    [Theory]
    [InlineData("pong", "1")]
    [InlineData("adventure", "2")]
    [InlineData("backgammon", "default")]
    public void AWrongCartridge_CannotBePlayed_AndSaysSoSoon(string id, string mode)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, $"{id}.bin"), BundledCartridges.Get("volley").ToArray());
        var shelf = new CartridgeShelf([folder.Path]);
        var name = char.ToUpperInvariant(id[0]) + id[1..];
        var environment = AtariDefinitions.All(GameCatalog.Default, () => shelf)
            .Single(definition => definition.Id == $"{name}-v4").Create([new("mode", mode)]);

        var error = Assert.Throws<EnvironmentUnavailableException>(
            () => environment.Reset(1, new byte[environment.ObservationSpace.ByteCount]));

        Assert.Contains($"of {id} cannot be selected", error.Message);
        Assert.Contains("in 10000 frames", error.Message);
    }

    [Theory]
    [InlineData("repeat_action_probability", "0,25")]
    [InlineData("repeat_action_probability", " 0.25")]
    [InlineData("repeat_action_probability", "NaN")]
    [InlineData("max_num_frames_per_episode", "108,000")]
    [InlineData("max_num_frames_per_episode", "1e3")]
    [InlineData("max_episode_steps", "1,000")]
    [InlineData("frame_skip", "0")]
    [InlineData("frame_skip", "1.0")]
    [InlineData("reward_min", "1.000")]
    [InlineData("reward_max", "-2147483649")]
    [InlineData("noop_max", "+3")]
    [InlineData("mode", "0x1")]
    public void ANumberThatIsNotWrittenAsOne_IsRefusedByName(string option, string value)
    {
        var error = Assert.Throws<EnvironmentOptionException>(() => Create("Bricks-v4", (option, value)));

        Assert.Equal(option, error.Option);
        Assert.Contains($"is '{value}'", error.Message);
    }

    [Fact]
    public void RewardBoundsThatCross_AreRefused() => Assert.Equal(
        "reward_max",
        Assert.Throws<EnvironmentOptionException>(
            () => Create("Bricks-v4", ("reward_min", "1"), ("reward_max", "0"))).Option);

    [Fact]
    public void ARunningGame_TakesMemoryModeAndDifficulty_AndRefusesWhatItHasNot()
    {
        var environment = Create("VolleyNoFrameskip-v4", ("obs_type", "ram"));
        var observation = new byte[128];
        environment.Reset(1, observation);

        environment.Change("ram[127]", "77");
        environment.Change("mode", "0");
        environment.Change("difficulty", "0");

        Assert.All(
            new[] { ("ram[128]", "1"), ("ram[1]", "256"), ("ram[1]", "-1"), ("mode", "9999"), ("colour", "red") },
            change => Assert.Equal(
                change.Item1,
                Assert.Throws<EnvironmentOptionException>(
                    () => environment.Change(change.Item1, change.Item2)).Option));
        Assert.Throws<EnvironmentOptionException>(
            () => BuiltInEnvironments.Registry.Create("CartPole-v1").Change("mode", "1"));
    }

    /// <summary>One life of Bricks after another, told as ends; the game itself goes on, frame by frame.</summary>
    [Fact]
    public void LifeLossInfo_TellsTheEndOfALife_AndPlaysOn()
    {
        var told = Create("BricksDeterministic-v4", ("life_loss_info", "true"), ("obs_type", "grayscale"));
        var plain = Create("BricksDeterministic-v4", ("obs_type", "grayscale"));
        byte[] left = new byte[210 * 160], right = new byte[210 * 160];
        told.Reset(3, left);
        plain.Reset(3, right);
        var lives = 0;
        for (var ended = false; !ended;)
        {
            var (here, there) = (told.Step(1, left), plain.Step(1, right));
            ended = there.Ended;
            Assert.Equal(there.LifeLost || there.Ended, here.Ended);
            Assert.Equal(there.Ended, here.EndsGame);
            if (here.Ended && !ended)
            {
                lives++;
                told.Reset(null, left);
            }

            Assert.Equal(right, left);
        }

        Assert.True(lives > 1, $"{lives} lives were lost.");
    }

    private static IEnvironment Create(string id, params (string Name, string Value)[] options) =>
        BuiltInEnvironments.Registry.Create(
            id, options.Select(option => KeyValuePair.Create(option.Name, option.Value)));
}

using System.Security.Cryptography;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.Tests.Atari.Cartridges;

namespace DqnAspire.Environments.Tests.Atari.Environments;

/// <summary>Atari games by id, played with the cartridges that come with the library.</summary>
public class AtariEnvironmentTests
{
    [Theory]
    [InlineData("BricksNoFrameskip-v4")]
    [InlineData("VolleyDeterministic-v4")]
    [InlineData("Volley-v4")]
    [InlineData("ALE/Bricks-v5")]
    [InlineData("SpaceInvadersDeterministic-v4")]
    [InlineData("MsPacmanNoFrameskip-v4")]
    [InlineData("ALE/TicTacToe3D-v5")]
    [InlineData("ALE/Pitfall2-v5")]
    public void Ids_AreThoseOfGymnasium(string id) => Assert.Equal(id, BuiltInEnvironments.Registry.Get(id).Id);

    [Theory]
    [InlineData("PongNoFrameskip-v4", "1", "0")]
    [InlineData("PongDeterministic-v4", "4", "0")]
    [InlineData("SpaceInvadersDeterministic-v4", "3", "0")]
    [InlineData("Pong-v4", "2-4", "0")]
    [InlineData("PongNoFrameskip-v0", "1", "0.25")]
    [InlineData("PongDeterministic-v0", "4", "0.25")]
    [InlineData("SpaceInvadersDeterministic-v0", "3", "0.25")]
    [InlineData("Pong-v0", "2-4", "0.25")]
    [InlineData("ALE/Pong-v5", "4", "0.25")]
    public void Suffixes_HaveGymnasiumsDefaults(string id, string frameSkip, string repeatActionProbability)
    {
        var options = BuiltInEnvironments.Registry.Get(id)
            .Options.ToDictionary(option => option.Name, option => option.DefaultValue);

        Assert.Equal(frameSkip, options["frameskip"]);
        Assert.Equal(repeatActionProbability, options["repeat_action_probability"]);
        Assert.Equal("108000", options["max_num_frames_per_episode"]);
        Assert.Equal("false", options["full_action_space"]);
    }

    [Theory]
    [InlineData("rgb", new[] { 210, 160, 3 })]
    [InlineData("grayscale", new[] { 210, 160 })]
    [InlineData("ram", new[] { 128 })]
    public void ObsType_ChoosesTheObservation(string type, int[] shape)
    {
        var environment = Create("BricksNoFrameskip-v4", ("obs_type", type));

        Assert.Equal(shape, environment.ObservationSpace.Shape);
        Assert.Equal(["NOOP", "FIRE", "RIGHT", "LEFT"], environment.ActionSpace.Meanings);
    }

    [Fact]
    public void FullActionSpace_HasAllActions() =>
        Assert.Equal(AtariActions.Names, Create("ALE/Volley-v5", ("full_action_space", "true")).ActionSpace.Meanings);

    public static TheoryData<string> Pipelines => [.. PreprocessingPipelines.All.Select(pipeline => pipeline.Name)];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Preprocessing_OfEveryRecipe_PlaysBricks(string name)
    {
        var frameSkip = PreprocessingPipelines.Get(name).EmulatorFrameSkip;
        var environment = Create("BricksNoFrameskip-v4", ("preprocessing", name), ("frameskip", $"{frameSkip}"));
        var observation = new byte[environment.ObservationSpace.ByteCount];

        environment.Reset(3, observation);
        var first = Convert.ToHexString(observation);
        var changed = false;
        for (var step = 0; step < 40; step++)
        {
            var result = environment.Step(step % environment.ActionSpace.Count, observation);
            changed |= Convert.ToHexString(observation) != first;
            if (result.Ended)
            {
                environment.Reset(null, observation);
            }
        }

        Assert.True(changed);
    }

    [Theory]
    [InlineData("ALE/Bricks-v5")]
    [InlineData("Volley-v4")]
    public void TheSameSeed_GivesTheSameGame_AlsoLater_AndAnotherSeedDiffers(string id)
    {
        var first = Create(id);
        var second = Create(id);
        Play(second, seed: 99, steps: 17);

        Assert.Equal(Play(first, seed: 5, steps: 300), Play(second, seed: 5, steps: 300));
        Assert.NotEqual(Play(first, seed: 5, steps: 300), Play(first, seed: 6, steps: 300));
    }

    [Fact]
    public void MaxFrames_Truncates()
    {
        var environment = Create("ALE/Volley-v5", ("max_num_frames_per_episode", "40"), ("obs_type", "ram"));
        var observation = new byte[128];
        environment.Reset(1, observation);
        for (var step = 1; step < 10; step++)
        {
            Assert.False(environment.Step(0, observation).Ended);
        }

        var last = environment.Step(0, observation);

        Assert.True(last.Truncated);
        Assert.False(last.Terminated);
    }

    /// <summary>The recipe's own no-ops and those of the option are the same ones; 0 leaves them out.</summary>
    [Fact]
    public void NoopMax_ReplacesThatOfTheRecipe()
    {
        var recipe = Play(Create("BricksNoFrameskip-v4", ("preprocessing", "nature")), seed: 3, steps: 100);
        var same = Play(
            Create("BricksNoFrameskip-v4", ("preprocessing", "nature"), ("noop_max", "30")), seed: 3, steps: 100);
        var none = Play(
            Create("BricksNoFrameskip-v4", ("preprocessing", "nature"), ("noop_max", "0")), seed: 3, steps: 100);

        Assert.Equal(recipe, same);
        Assert.NotEqual(recipe, none);
    }

    [Fact]
    public void NoopMax_WithoutPreprocessing_BeginsLater()
    {
        var idle = Create("ALE/Volley-v5", ("repeat_action_probability", "0"), ("obs_type", "grayscale"));
        var late = Create(
            "ALE/Volley-v5", ("repeat_action_probability", "0"), ("obs_type", "grayscale"), ("noop_max", "1"));
        byte[] expected = new byte[idle.ObservationSpace.ByteCount], observation = new byte[expected.Length];
        idle.Reset(4, expected);
        idle.Step(0, expected);

        late.Reset(4, observation);

        Assert.Equal(expected, observation);
    }

    [Fact]
    public void NoopMax_HoldsWhereMemoryIsObserved_AsItDoesForScreens()
    {
        var ram = Create("VolleyNoFrameskip-v4", ("obs_type", "ram"), ("noop_max", "30"));
        var screen = Create("VolleyNoFrameskip-v4", ("obs_type", "grayscale"), ("noop_max", "30"));
        ram.Reset(5, new byte[128]);
        screen.Reset(5, new byte[210 * 160]);
        Span<long> left = [0, 0], right = [0, 0];
        ram.ReadInfo(left);
        screen.ReadInfo(right);

        Assert.InRange(left[0], 1, 30 + 2);
        Assert.Equal(right.ToArray(), left.ToArray());
    }

    /// <summary>With probability 1 every frame repeats the last action, which a reset made a NOOP.</summary>
    [Fact]
    public void ActionsThatAlwaysStick_AreNeverPlayed()
    {
        var sticky = Create("BricksNoFrameskip-v4", ("repeat_action_probability", "1"), ("obs_type", "ram"));
        var idle = Create("BricksNoFrameskip-v4", ("obs_type", "ram"));
        byte[] left = new byte[128], right = new byte[128];
        sticky.Reset(4, left);
        idle.Reset(4, right);
        for (var step = 0; step < 100; step++)
        {
            sticky.Step(step % 4, left);
            idle.Step(0, right);
            Assert.Equal(right, left);
        }
    }

    [Theory]
    [InlineData("obs_type", "ram")]
    [InlineData("obs_type", "grayscale")]
    [InlineData("obs_type", "rgb")]
    [InlineData("max_episode_steps", "100")]
    public void Display_ShowsTheTrueScreen_WhateverIsObserved(string option, string value)
    {
        var plain = Create("VolleyDeterministic-v4");
        var other = Create("VolleyDeterministic-v4", (option, value));
        var truth = new byte[plain.ObservationSpace.ByteCount];
        var shown = new byte[truth.Length];
        var observation = new byte[other.ObservationSpace.ByteCount];
        plain.Reset(8, truth);
        other.Reset(8, observation);
        for (var step = 0; step < 50; step++)
        {
            other.Display!.ReadRgb(shown);
            Assert.Equal(truth, shown);
            plain.Step(step / 9 % plain.ActionSpace.Count, truth);
            other.Step(step / 9 % plain.ActionSpace.Count, observation);
        }

        Assert.Equal((210, 160), (other.Display!.ScreenHeight, other.Display.ScreenWidth));
        Assert.True(truth.Distinct().Count() > 2, "the screen shows hardly anything");
    }

    [Fact]
    public void Display_OfAStackedRecipe_IsThatOfTheGame()
    {
        var rule = GameCatalog.Default.Get("bricks");
        var emulator = new AtariEmulator(BundledCartridges.Get(rule.Id).Span, rule);
        Assert.Same(
            emulator, new FrameStack(PreprocessingPipelines.Nature.Create(emulator), 4, StackPadding.Zero).Display);
    }

    [Fact]
    public void AStep_AllocatesNothing()
    {
        var environment = Create("BricksNoFrameskip-v4", ("preprocessing", "nature"));
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(1, observation);
        for (var step = 0; step < 50; step++)
        {
            environment.Step(0, observation);
        }

        // The console translates a part of the cartridge when it becomes hot, which allocates, once; a step that
        // allocates does so in every round.
        var rounds = Enumerable.Range(0, 5).Select(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < 100; step++)
            {
                environment.Step(2, observation);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }).ToList();

        Assert.Equal(0, rounds.Min());
    }

    [Theory]
    [InlineData("frameskip", "0", "1..1000")]
    [InlineData("frameskip", "4-2", "LOW-HIGH")]
    [InlineData("frameskip", "x", "LOW-HIGH")]
    [InlineData("repeat_action_probability", "1.5", "0..1")]
    [InlineData("obs_type", "gray", "grayscale, rgb, ram")]
    [InlineData("mode", "7", "default or one of 0")]
    [InlineData("difficulty", "9", "default or one of 0")]
    [InlineData("preprocessing", "best", "breakout-keras")]
    [InlineData("training", "maybe", "true or false")]
    [InlineData("noop_max", "-1", "default or a whole number of 0..1000")]
    [InlineData("noop_max", "1001", "0..1000")]
    public void AnOptionThatIsNotTaken_IsNamedWithWhatIs(string option, string value, string hint)
    {
        var error = Assert.Throws<EnvironmentOptionException>(() => Create("BricksNoFrameskip-v4", (option, value)));

        Assert.Equal(option, error.Option);
        Assert.Contains(value, error.Message);
        Assert.Contains(hint, error.Message);
    }

    [Fact]
    public void ATruncatedCartridge_IsNamedWithItsGame()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "pong.bin");
        File.WriteAllBytes(file, new byte[777]);
        var registry = new EnvironmentRegistry(
            AtariDefinitions.All(GameCatalog.Default, () => new CartridgeShelf([folder.Path])));

        var error = Assert.Throws<EnvironmentUnavailableException>(() => registry.Create("ALE/Pong-v5"));

        Assert.StartsWith($"{file} is no usable cartridge of Pong", error.Message);
        Assert.Contains("777", error.Message);
        Assert.Equal(128, registry.Create("ALE/Bricks-v5", [new("obs_type", "ram")]).ObservationSpace.ByteCount);
    }

    [Fact]
    public void ACartridgeThatOnlyHasTheName_IsDoubtful()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "pong.bin"), new byte[2048]);
        var registry = new EnvironmentRegistry(
            AtariDefinitions.All(GameCatalog.Default, () => new CartridgeShelf([folder.Path])));

        Assert.Null(registry.Get("ALE/Pong-v5").FindProblem());
        Assert.Contains("pong.bin has the name of Pong", registry.Get("ALE/Pong-v5").FindWarning());
        Assert.Null(registry.Get("ALE/Bricks-v5").FindWarning());
        Assert.Null(registry.Get("ALE/Breakout-v5").FindWarning());
    }

    [Fact]
    public void APipelineForAnotherFrameSkip_NamesTheOneItNeeds()
    {
        var error = Assert.Throws<EnvironmentOptionException>(
            () => Create("BricksDeterministic-v4", ("preprocessing", "nature")));

        Assert.Equal("frameskip", error.Option);
        Assert.Contains("must be 1 for the preprocessing 'nature'", error.Message);
    }

    private static string Play(IEnvironment environment, ulong seed, int steps)
    {
        var observation = new byte[environment.ObservationSpace.ByteCount];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        environment.Reset(seed, observation);
        hash.AppendData(observation);
        for (var step = 0; step < steps; step++)
        {
            var result = environment.Step((step / 3) % environment.ActionSpace.Count, observation);
            hash.AppendData(observation);
            if (result.Ended)
            {
                environment.Reset(null, observation);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnvironment Create(string id, params (string Name, string Value)[] options) =>
        BuiltInEnvironments.Registry.Create(
            id, options.Select(option => KeyValuePair.Create(option.Name, option.Value)));
}

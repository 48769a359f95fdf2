using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Dqn.Recipes;
using DqnAspire.Agents.Exploration;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Tests.Recipes;

/// <summary>Every number that a published recipe states, in the settings of its preset.</summary>
public sealed class RecipeTests
{
    [Theory]
    [InlineData("cartpole-dense", "CartPole-v1", 450, 1000)]
    [InlineData("lunarlander-dense", "LunarLander-v3", 200, 10_000)]
    public void Lab(string preset, string environment, double goal, int capacity)
    {
        var settings = Dqn(preset);

        Assert.Equal(
            (environment, 400L, goal, 20),
            (settings.Environment.Id, settings.Run.MaxEpisodes, settings.Run.GoalReturn,
            settings.Run.FinalEvaluationEpisodes));
        Assert.Equal(
            (NetworkKind.Dense, 32, 2),
            (settings.Network.Kind, settings.Network.HiddenUnits, settings.Network.HiddenLayers));
        Assert.Equal(
            (128, capacity, capacity),
            (settings.Replay.BatchSize, settings.Replay.Capacity, settings.Replay.PrefillSteps));
        Assert.Equal(SamplingKind.WithoutReplacement, settings.Replay.Sampling);
        Assert.Equal((0.99, 1, 32), (settings.Agent.Gamma, settings.Agent.UpdatePeriod, KerasFit.MiniBatchSize));
        Assert.IsType<SquaredErrorOverActions>(Assert.IsType<KerasFit>(RecipeRules.Create(settings.Agent.Rule)).Loss);
        Assert.False(settings.Agent.BootstrapOnTruncation);
        Assert.Equal((OptimizerKind.KerasAdam, 2e-4, ClippingKind.Value, 2.0), Optimizer(settings));
        Assert.Equal((1L, TargetUnit.Episodes), (settings.Target.Period, settings.Target.Unit));
        Assert.Equal((1, 2), (settings.Validation.EveryEpisodes, settings.Validation.ConfirmationEpisodes));
        Assert.Equal(
            0.01 + (0.99 * Math.Exp(-7 * 10.0 / 400)),
            EpsilonSchedule.At(settings.Exploration, steps: 12_345, episodes: 7), 15);
    }

    [Fact]
    public void BreakoutSingleFrame()
    {
        var settings = Dqn("breakout-single-frame");

        Assert.Equal(("BreakoutNoFrameskip-v4", "BricksNoFrameskip-v4", "breakout-single-frame"), Game(settings));
        Assert.Equal((42UL, 200L, 20.0), (settings.Run.Seed, settings.Run.MaxEpisodes, settings.Run.GoalReturn));
        Assert.Equal((NetworkKind.SingleFrame, 1), (settings.Network.Kind, settings.Network.Stack));
        Assert.Equal(
            (LossKind.Huber, 0.99, 4), (settings.Agent.Loss, settings.Agent.Gamma, settings.Agent.UpdatePeriod));
        Assert.Equal((OptimizerKind.Adam, 2.5e-4, ClippingKind.None, 0.0), Optimizer(settings));
        Assert.Equal((64, 500_000, 65, SamplingKind.WithoutReplacement), Sampling(settings));
        Assert.Equal((10_000L, TargetUnit.Steps), (settings.Target.Period, settings.Target.Unit));
        Assert.Equal([1.0, 1 - (0.9 / 100_000), 0.55, 0.1, 0.1], Epsilons(settings, 0, 1, 50_000, 100_000, 200_000));
    }

    [Fact]
    public void BreakoutCropped()
    {
        var settings = Dqn("breakout-cropped");

        Assert.Equal(("BreakoutDeterministic-v4", "BricksDeterministic-v4", "breakout-cropped"), Game(settings));
        Assert.Equal(
            (NetworkKind.Nature, 4, StackPadding.Repeat),
            (settings.Network.Kind, settings.Network.Stack, settings.Network.StackPadding));
        Assert.Equal(
            (LossKind.SquaredError, 0.99, 10),
            (settings.Agent.Loss, settings.Agent.Gamma, settings.Agent.UpdatePeriod));
        Assert.True(Assert.IsType<UnmaskedTargetActor>(RecipeRules.Create(settings.Agent.Rule)).ActsWithTarget);
        Assert.Equal((OptimizerKind.RmsProp, 1e-4, ClippingKind.None, 0.0), Optimizer(settings));
        Assert.Equal(0.99, settings.Optimizer.Smoothing);
        Assert.Equal((32, 10_000, 10_000, SamplingKind.WithoutReplacement), Sampling(settings));
        Assert.Equal((10_000L, TargetUnit.Steps), (settings.Target.Period, settings.Target.Unit));
        Assert.Equal([1.0, 1 - 1e-7, 0.9, 0.1], Epsilons(settings, 0, 1, 1_000_000, 9_000_000));
    }

    [Fact]
    public void PongHandsOn()
    {
        var settings = Dqn("pong-handson");

        Assert.Equal(("PongNoFrameskip-v4", "VolleyNoFrameskip-v4", "pong-handson"), Game(settings));
        Assert.Equal(19, settings.Run.GoalReturn);
        Assert.Equal(
            (NetworkKind.Nature, 4, StackPadding.Zero),
            (settings.Network.Kind, settings.Network.Stack, settings.Network.StackPadding));
        Assert.Equal(InputScaling.Unit, settings.Network.PixelScaling);
        Assert.Equal(
            (LossKind.SquaredError, 0.99, 1), (settings.Agent.Loss, settings.Agent.Gamma, settings.Agent.UpdatePeriod));
        Assert.False(settings.Agent.BootstrapOnTruncation);
        Assert.Equal((OptimizerKind.Adam, 1e-4, ClippingKind.None, 0.0), Optimizer(settings));
        Assert.Equal((32, 10_000, 10_000, SamplingKind.WithoutReplacement), Sampling(settings));
        Assert.Equal((1000L, TargetUnit.Steps), (settings.Target.Period, settings.Target.Unit));
        // max(0.01, 1 - step / 150,000)
        Assert.Equal([1.0, 0.9, 0.5, 0.01, 0.01], Epsilons(settings, 0, 15_000, 75_000, 148_500, 150_000));
    }

    [Fact]
    public void BreakoutKeras()
    {
        var settings = Dqn("breakout-keras");

        Assert.Equal(("BreakoutNoFrameskip-v4", "BricksNoFrameskip-v4", "breakout-keras"), Game(settings));
        Assert.Equal((42UL, 10L, 40.0), (settings.Run.Seed, settings.Run.MaxEpisodes, settings.Run.GoalReturn));
        Assert.Equal(
            (NetworkKind.Nature, 4, StackPadding.Repeat),
            (settings.Network.Kind, settings.Network.Stack, settings.Network.StackPadding));
        Assert.Equal(InputScaling.Raw, settings.Network.PixelScaling);
        Assert.Equal(
            (LossKind.Huber, 0.99, 4, 1f),
            (settings.Agent.Loss, settings.Agent.Gamma, settings.Agent.UpdatePeriod, TerminalPenalty.Penalty));
        Assert.IsType<TerminalPenalty>(RecipeRules.Create(settings.Agent.Rule));
        Assert.Equal((OptimizerKind.KerasAdam, 2.5e-4, ClippingKind.TensorNorm, 1.0), Optimizer(settings));
        Assert.Equal((32, 100_000, 33, SamplingKind.WithReplacement), Sampling(settings));
        Assert.Equal((10_000L, TargetUnit.Steps), (settings.Target.Period, settings.Target.Unit));
        // Random for 50,000 steps, while epsilon falls already.
        Assert.Equal(
            [1.0, 1.0, 1 - (0.9 * 0.05), 0.55, 0.1], Epsilons(settings, 0, 49_999, 50_000, 500_000, 1_000_000));
    }

    [Fact]
    public void Nature()
    {
        var settings = Dqn("nature");

        Assert.Equal(("BreakoutNoFrameskip-v4", "BricksNoFrameskip-v4", "nature"), Game(settings));
        Assert.Equal(
            (NetworkKind.Nature, 4, InputScaling.Unit),
            (settings.Network.Kind, settings.Network.Stack, settings.Network.PixelScaling));
        Assert.Equal(
            (LossKind.Huber, 0.99, 4), (settings.Agent.Loss, settings.Agent.Gamma, settings.Agent.UpdatePeriod));
        Assert.Equal((OptimizerKind.CentredRmsProp, 2.5e-4, ClippingKind.None, 0.0), Optimizer(settings));
        Assert.Equal(
            (0.95, 0.95, 0.01),
            (settings.Optimizer.Momentum, settings.Optimizer.Smoothing, settings.Optimizer.Epsilon));
        Assert.Equal((32, 1_000_000, 50_000, SamplingKind.WithReplacement), Sampling(settings));
        Assert.Equal((10_000L, TargetUnit.Updates), (settings.Target.Period, settings.Target.Unit));
        Assert.Equal(
            (30, 0.05, 18_000),
            (settings.Run.FinalEvaluationEpisodes, settings.Run.FinalEvaluationEpsilon,
                settings.Run.FinalEvaluationMaxFrames));
        // A million frames are 250,000 steps.
        Assert.Equal([1.0, 0.55, 0.1], Epsilons(settings, 0, 125_000, 250_000));
    }

    [Fact]
    public void Rainbow()
    {
        var settings = Dqn("rainbow");

        Assert.Equal(("BreakoutNoFrameskip-v4", "BricksNoFrameskip-v4", "rainbow"), Game(settings));
        Assert.True(settings.Network is { Dueling: true, NoiseScale: 0.5, Returns: ReturnModel.Categorical });
        Assert.Equal(
            (51, -10.0, 10.0),
            (settings.Network.Atoms, settings.Network.MinimumReturn, settings.Network.MaximumReturn));
        Assert.Equal((true, 3, 4), (settings.Agent.DoubleQ, settings.Agent.ReturnSteps, settings.Agent.UpdatePeriod));
        Assert.Equal((OptimizerKind.Adam, 6.25e-5, ClippingKind.None, 0.0), Optimizer(settings));
        Assert.Equal(1.5e-4, settings.Optimizer.Epsilon);
        Assert.Equal((32, 1_000_000, 20_000, SamplingKind.Prioritized), Sampling(settings));
        Assert.Equal((0.5, 0.4), (settings.Replay.PriorityExponent, settings.Replay.InitialImportance));
        Assert.Equal((8000L, TargetUnit.Steps), (settings.Target.Period, settings.Target.Unit));
    }

    private static DqnSettings Dqn(string preset) => (DqnSettings)PresetCatalog.BuiltIn.Resolve(preset, []);

    private static (string Id, string StandIn, string Preprocessing) Game(TrainingSettings settings) =>
        (settings.Environment.Id, settings.Environment.StandIn, settings.Environment.Options["preprocessing"]);

    private static (OptimizerKind Kind, double LearningRate, ClippingKind Clipping, double Limit) Optimizer(
        DqnSettings settings) =>
        (settings.Optimizer.Kind, settings.Optimizer.LearningRate, settings.Optimizer.Clipping,
            settings.Optimizer.ClippingLimit);

    private static (int Batch, int Capacity, int Start, SamplingKind Kind) Sampling(DqnSettings settings) =>
        (settings.Replay.BatchSize, settings.Replay.Capacity, settings.Replay.StartSize, settings.Replay.Sampling);

    private static double[] Epsilons(DqnSettings settings, params long[] steps) =>
        [.. steps.Select(step => Math.Round(EpsilonSchedule.At(settings.Exploration, step, episodes: 0), 12))];
}

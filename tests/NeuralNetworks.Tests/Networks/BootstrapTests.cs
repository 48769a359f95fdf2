using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Tests.Reference;

namespace DqnAspire.NeuralNetworks.Tests.Networks;

/// <summary>An update of Q-learning in one call is, bit for bit, its steps one by one.</summary>
public sealed class BootstrapTests
{
    private const int Batch = 9;
    private const int Actions = 3;

    private static readonly float[] States = Draw.Floats(1, Batch * 5);
    private static readonly float[] NextStates = Draw.Floats(2, Batch * 5);
    private static readonly float[] Rewards = Draw.Floats(3, Batch);
    private static readonly float[] Discounts = [.. Draw.Floats(4, Batch, 0, 1).Select((d, i) => i == 4 ? 0 : d)];
    private static readonly float[] Weights = Draw.Floats(5, Batch, 0, 1);
    private static readonly int[] Taken = Draw.Actions(6, Batch, Actions);

    public static TheoryData<string, bool, bool> Cases =>
    [
        .. from values in new[] { "plain", "c51", "quantile" }
           from doubleQ in new[] { false, true }
           from noisy in new[] { false, true }
           select (values, doubleQ, noisy),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OneCall_IsItsSteps(string values, bool doubleQ, bool noisy)
    {
        var (definition, loss) = Define(values, noisy);
        var (online, target) = Create(definition, loss);
        var (stepped, steppedTarget) = Create(definition, loss);
        var (errors, expectedErrors) = (new float[Batch], new float[Batch]);

        for (var update = 0; update < 3; update++)
        {
            online.DrawNoise();
            target.DrawNoise();
            online.TrainBootstrapped(Transitions(doubleQ, noisy), target);
            var actual = online.ReadLoss(errors);

            stepped.DrawNoise();
            steppedTarget.DrawNoise();
            var targets = Targets(stepped, steppedTarget, doubleQ, noisy);
            var batch = new TrainingBatch(new Observations(States, Batch), targets)
            {
                Actions = Taken,
                Weights = Weights,
            };
            Assert.Equal(stepped.Train(batch, expectedErrors), actual);
            Assert.Equal(expectedErrors, errors);
        }

        Assert.Equal(stepped.Store.Weights.Span.ToArray(), online.Store.Weights.Span.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithALossOverAllActions_OtherActionsKeepTheirOwnValues(bool doubleQ)
    {
        var (definition, _) = Define("plain", noisy: false);
        var (online, target) = Create(definition, new SquaredErrorOverActions());
        var (values, next, selecting) =
            (new float[Batch * Actions], new float[Batch * Actions], new float[Batch * Actions]);
        online.Forward(new Observations(States, Batch), values);
        target.Forward(new Observations(NextStates, Batch), next);
        (doubleQ ? online : target).Forward(new Observations(NextStates, Batch), selecting);
        var errors = new float[Batch];

        online.TrainBootstrapped(Transitions(doubleQ, noisy: false), target);
        online.ReadLoss(errors);

        Assert.Equal(
            Enumerable.Range(0, Batch).Select(i =>
                Rewards[i]
                    + (Discounts[i] * next[(i * Actions) + ArgMax.Of<float>(selecting.AsSpan(i * Actions, Actions))])
                - values[(i * Actions) + Taken[i]]),
            errors);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        var (definition, loss) = Define("plain", noisy: false);
        var (online, target) = Create(definition, loss);
        var other = new QNetwork(NetworkPresets.Dense(5, Actions), training: null, seed: 1);

        AssertRefused(
            "Weights of dense 5-3 do not fit dense 5-8-3",
            () => online.TrainBootstrapped(Transitions(false, false), other));
        AssertRefused("NextStates has shape [5]; [9, 5] is needed", () => online.TrainBootstrapped(
            new BootstrapBatch
            {
                States = new Observations(States, Batch),
                NextStates = new Observations(new float[5], 1),
                Actions = Taken,
                Rewards = Rewards,
                Discounts = Discounts,
            },
            target));
        online.TrainBootstrapped(Transitions(false, false), target);
        AssertRefused("errors has shape [4]; [9, 1] is needed", () => online.ReadLoss(new float[4]));

        static void AssertRefused(string message, Action action) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static (NetworkDefinition Definition, LossDefinition Loss) Define(string values, bool noisy)
    {
        ValueDistribution distribution = values switch
        {
            "c51" => new CategoricalValues(7, -2, 2),
            "quantile" => new QuantileValues(5),
            _ => new PlainValues(),
        };
        var head = new HeadDefinition(Actions) { NoiseScale = noisy ? 0.5 : 0, Values = distribution };
        return (NetworkPresets.Dense([5, 8], head), distribution.Loss ?? new HuberLoss());
    }

    private static (QNetwork Online, QNetwork Target) Create(NetworkDefinition definition, LossDefinition loss) => (
        new QNetwork(definition, new TrainingDefinition(loss, new Adam(1e-2)), seed: 1),
        new QNetwork(definition, training: null, seed: 2));

    private static BootstrapBatch Transitions(bool doubleQ, bool noisy) => new()
    {
        States = new Observations(States, Batch),
        NextStates = new Observations(NextStates, Batch),
        Actions = Taken,
        Rewards = Rewards,
        Discounts = Discounts,
        Weights = Weights,
        DoubleQ = doubleQ,
        Noisy = noisy,
    };

    private static float[] Targets(QNetwork online, QNetwork target, bool doubleQ, bool noisy)
    {
        var width = target.OutputsPerAction;
        var (next, selecting, targets) =
            (new float[Batch * Actions * width], new float[Batch * Actions], new float[Batch * width]);
        target.ForwardDistributions(new Observations(NextStates, Batch), next, noisy);
        (doubleQ ? online : target).Forward(new Observations(NextStates, Batch), selecting, noisy);
        ManagedParts.Create(target.Definition.Head.Values).ComputeTargets(Rewards, Discounts, next, selecting, targets);
        return targets;
    }
}

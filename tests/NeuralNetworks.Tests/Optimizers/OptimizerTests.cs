using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.NeuralNetworks.Tests.Reference;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Optimizers;

/// <summary>Each rule against its formula in float64 over many steps, and by hand over two.</summary>
public sealed class OptimizerTests
{
    private const int Length = 48;

    /// <summary>(weight, gradient, step, three states) to the new weight.</summary>
    private delegate double Rule(double w, double g, int t, ref double a, ref double b, ref double c);

    private static readonly Dictionary<string, (OptimizerDefinition Definition, Rule Rule)> Cases = new()
    {
        ["sgd"] = (new Sgd(0.1), (w, g, _, ref _, ref _, ref _) => w - (0.1 * g)),
        ["sgd with momentum"] = (new Sgd(0.1, 0.9), (w, g, _, ref a, ref _, ref _) => w - (0.1 * (a = (0.9 * a) + g))),
        ["rmsprop"] = (new RmsProp(0.01),
            (w, g, _, ref a, ref _, ref _) => w - (0.01 * g / (Math.Sqrt(a = (0.99 * a) + (0.01 * g * g)) + 1e-8))),
        ["rmsprop centred with momentum"] = (
            new RmsProp(0.01) { Smoothing = 0.95, Epsilon = 0.01, Momentum = 0.95, Centred = true },
            (w, g, _, ref a, ref b, ref c) =>
                w - (0.01 * (c = (0.95 * c) + (g / (Math.Sqrt(Variance(g, ref a, ref b)) + 0.01))))),
        ["rmsprop of DQN"] = (
            RmsProp.DeepMind(),
            (w, g, _, ref a, ref b, ref c) =>
                w - (2.5e-4 * (c = (0.95 * c) + (g / Math.Sqrt(Variance(g, ref a, ref b) + 0.01))))),
        ["adam"] = (new Adam(0.01) { Epsilon = 1e-3 }, AdamRule),
        ["adam of Keras"] = (Adam.Keras(0.01) with { Epsilon = 1e-3 }, KerasAdamRule),
        ["radam"] = (new RAdam(0.01), RAdamRule),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ManySteps_FollowTheFormula(string name)
    {
        var (definition, rule) = Cases[name];
        var (store, parameter) = Store(Length);
        var optimizer = ManagedParts.Create(definition);
        optimizer.Attach(store);
        using var pool = new WorkerPool(1);
        var step = new GradientStep(store, optimizer, GradientClipping.None, pool);
        Draw.Floats(1, Length).CopyTo(parameter.Weights);
        var twin = parameter.Weights.ToArray().Select(w => (W: (double)w, A: 0.0, B: 0.0, C: 0.0)).ToArray();

        for (var t = 1; t <= 30; t++)
        {
            var gradients = Draw.Floats((ulong)(t + 1), Length, -0.5, 1);
            gradients.CopyTo(parameter.Gradients);
            step.Run();
            for (var i = 0; i < Length; i++)
            {
                ref var x = ref twin[i];
                x.W = rule(x.W, gradients[i], t, ref x.A, ref x.B, ref x.C);
                Assert.Equal(x.W, parameter.Weights[i], 2e-5);
            }
        }

        Assert.Equal(30, optimizer.Steps);
    }

    [Fact]
    public void KerasAdam_TakesTheStepsComputedByHand()
    {
        // Step 1, g = 0.5: m = 0.05, v = 0.00025, alpha = lr sqrt(0.001) / 0.1; the move is lr (0.0316 0.5) / (0.0158 +
        // 1e-7) ~ lr. Step 2, g = -10 clipped to -2: m = 0.045 - 0.2 = -0.155, v = 0.00024975 + 0.004 = 0.00424975,
        // alpha = lr sqrt(1 - 0.998001) / (1 - 0.81) = lr 0.0447102 / 0.19; the move is lr 0.2353167 (-0.155) /
        // 0.0651901 = -0.5595091 lr.
        var (store, parameter) = Store(16);
        var optimizer = ManagedParts.Create(Adam.Keras(0.1));
        optimizer.Attach(store);
        using var pool = new WorkerPool(1);
        var step = new GradientStep(store, optimizer, GradientClipping.ByValue(2), pool);
        parameter.Weights[0] = 1;

        parameter.Gradients[0] = 0.5f;
        step.Run();
        Assert.Equal(1 - 0.1, parameter.Weights[0], 1e-5);

        parameter.Gradients[0] = -10;
        step.Run();
        Assert.Equal(1 - 0.1 + 0.05595091, parameter.Weights[0], 1e-5);
        Assert.All(parameter.Weights[1..].ToArray(), w => Assert.Equal(0, w));
    }

    [Fact]
    public void Clipping_BoundsValuesTensorsOrAll()
    {
        // Two tensors with gradients (3, 4) and (0, 12): norms 5 and 12, together 13.
        Assert.Equal([-3, -4, 0, -12], Step(GradientClipping.None));
        Assert.Equal([-3, -3.5f, 0, -3.5f], Step(GradientClipping.ByValue(3.5)));
        Assert.Equal([-3, -4, 0, -6], Step(GradientClipping.ByTensorNorm(6)));
        Assert.Equal([-1.5f, -2, 0, -6], Step(GradientClipping.ByGlobalNorm(6.5)));
        Assert.Equal([-3, -4, 0, -12], Step(GradientClipping.ByGlobalNorm(14)));

        static float[] Step(GradientClipping clipping)
        {
            var store = new ParameterStore();
            Parameter[] parameters = [Vector(2), Vector(2)];
            Array.ForEach(parameters, store.Add);
            store.Allocate(withGradients: true);
            var optimizer = ManagedParts.Create(new Sgd(1));
            optimizer.Attach(store);
            using var pool = new WorkerPool(1);
            new float[] { 3, 4 }.CopyTo(parameters[0].Gradients);
            new float[] { 0, 12 }.CopyTo(parameters[1].Gradients);
            new GradientStep(store, optimizer, clipping, pool).Run();
            return [.. parameters.SelectMany(p => p.Weights[..2].ToArray()).Select(w => MathF.Round(w, 4))];
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void AStep_IsTheSameAtEveryWidth(int registers)
    {
        var step = new AdamStep(0.1f, 0.001f, 0.05f, 1, 1e-3f);
        var (weights, gradients, m, v) =
            (Draw.Floats(1, 64), Draw.Floats(2, 64), Draw.Floats(3, 64), Draw.Floats(4, 64, 0));
        var expected = Enumerable.Range(0, 64).Select(i =>
        {
            var g = Math.Clamp(gradients[i] * 2.0, -1.5, 1.5);
            var root = Math.Sqrt(v[i] + (((g * g) - v[i]) * 0.001)) + 1e-3;
            return weights[i] - (0.05 * (m[i] + ((g - m[i]) * 0.1)) / root);
        }).ToArray();

        switch (registers)
        {
            case 128:
                new ElementwiseUpdate<AdamStep>(step, weights, gradients, m, v, default, 2, 1.5f).Run<Float128>();
                break;
            case 256:
                new ElementwiseUpdate<AdamStep>(step, weights, gradients, m, v, default, 2, 1.5f).Run<Float256>();
                break;
            default:
                new ElementwiseUpdate<AdamStep>(step, weights, gradients, m, v, default, 2, 1.5f).Run<Float512>();
                break;
        }

        for (var i = 0; i < 64; i++)
        {
            Assert.Equal(expected[i], weights[i], Math.Max(1e-5, Math.Abs(expected[i]) * 1e-4));
        }
    }

    private static double Variance(double g, ref double square, ref double mean)
    {
        square = (0.95 * square) + (0.05 * g * g);
        mean = (0.95 * mean) + (0.05 * g);
        return square - (mean * mean);
    }

    private static double AdamRule(double w, double g, int t, ref double m, ref double v, ref double unused)
    {
        m = (0.9 * m) + (0.1 * g);
        v = (0.999 * v) + (0.001 * g * g);
        return w - (0.01 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-3));
    }

    private static double KerasAdamRule(double w, double g, int t, ref double m, ref double v, ref double unused)
    {
        m = (0.9 * m) + (0.1 * g);
        v = (0.999 * v) + (0.001 * g * g);
        return w - (0.01 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t)) * m / (Math.Sqrt(v) + 1e-3));
    }

    private static double RAdamRule(double w, double g, int t, ref double m, ref double v, ref double unused)
    {
        m = (0.9 * m) + (0.1 * g);
        v = (0.999 * v) + (0.001 * g * g);
        var mean = m / (1 - Math.Pow(0.9, t));
        var longest = (2 / 0.001) - 1;
        var length = longest - (2 * t * Math.Pow(0.999, t) / (1 - Math.Pow(0.999, t)));
        if (length <= 5)
        {
            return w - (0.01 * mean);
        }

        var rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        return w - (0.01 * mean * rectification * Math.Sqrt(1 - Math.Pow(0.999, t)) / (Math.Sqrt(v) + 1e-8));
    }

    private static (ParameterStore Store, Parameter Parameter) Store(int length)
    {
        var store = new ParameterStore();
        var parameter = Vector(length);
        store.Add(parameter);
        store.Allocate(withGradients: true);
        return (store, parameter);
    }

    private static Parameter Vector(int length) => new("x", ParameterRole.Weight, [length], 1, 1, length, i => i);
}

using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.Randomness;

namespace DqnAspire.NeuralNetworks.Tests;

/// <summary>Each kernel at each width against a twin in double precision, on all small shapes.</summary>
public sealed class KernelTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Widths => [128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void DenseForward_MatchesItsTwin(int width)
    {
        foreach (var (count, inputs, outputs) in Shapes())
        {
            foreach (var relu in new[] { false, true })
            {
                var (inputStride, stride) = (inputs + 3, Padding.RoundUp(outputs));
                var random = new Pcg64((ulong)((count * 10_000) + (inputs * 100) + outputs));
                var x = Random(random, count * inputStride);
                var weights = Padded(random, inputs, outputs);
                var bias = Padded(random, 1, outputs);
                var y = new float[count * stride];

                Run(
                    width,
                    () => DenseForward.Execute<Float128>(x, count, inputs, inputStride, weights, bias, stride, relu, y),
                    () => DenseForward.Execute<Float256>(x, count, inputs, inputStride, weights, bias, stride, relu, y),
                    () => DenseForward.Execute<Float512>(x, count, inputs, inputStride, weights, bias, stride, relu, y));

                for (var n = 0; n < count; n++)
                {
                    for (var o = 0; o < stride; o++)
                    {
                        double sum = bias[o];
                        for (var i = 0; i < inputs; i++)
                        {
                            sum += (double)x[(n * inputStride) + i] * weights[(i * stride) + o];
                        }

                        Assert.Equal(relu ? Math.Max(sum, 0) : sum, y[(n * stride) + o], Tolerance);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void DenseWeightGradient_MatchesItsTwin(int width)
    {
        foreach (var (count, inputs, outputs) in Shapes())
        {
            var (inputStride, stride) = (inputs + 1, Padding.RoundUp(outputs));
            var random = new Pcg64((ulong)((count * 10_000) + (inputs * 100) + outputs));
            var x = Random(random, count * inputStride);
            var delta = Padded(random, count, outputs);
            var weights = new float[inputs * stride];
            var bias = new float[stride];

            Run(
                width,
                () => DenseWeightGradient.Execute<Float128>(x, count, inputs, inputStride, delta, stride, weights, bias),
                () => DenseWeightGradient.Execute<Float256>(x, count, inputs, inputStride, delta, stride, weights, bias),
                () => DenseWeightGradient.Execute<Float512>(x, count, inputs, inputStride, delta, stride, weights, bias));

            for (var o = 0; o < stride; o++)
            {
                Assert.Equal(Enumerable.Range(0, count).Sum(n => (double)delta[(n * stride) + o]), bias[o], Tolerance);
                for (var i = 0; i < inputs; i++)
                {
                    var expected = Enumerable.Range(0, count).Sum(n => (double)x[(n * inputStride) + i] * delta[(n * stride) + o]);
                    Assert.Equal(expected, weights[(i * stride) + o], Tolerance);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void DenseInputGradient_MatchesItsTwin(int width)
    {
        foreach (var (count, inputs, outputs) in Shapes())
        {
            var (inputStride, stride) = (Padding.RoundUp(inputs), Padding.RoundUp(outputs));
            var random = new Pcg64((ulong)((count * 10_000) + (inputs * 100) + outputs));
            var x = Random(random, count * inputStride);
            var delta = Padded(random, count, outputs);
            var weights = Padded(random, inputs, outputs);
            var result = new float[count * inputStride];

            Run(
                width,
                () => DenseInputGradient.Execute<Float128>(delta, count, stride, weights, inputs, x, inputStride, result),
                () => DenseInputGradient.Execute<Float256>(delta, count, stride, weights, inputs, x, inputStride, result),
                () => DenseInputGradient.Execute<Float512>(delta, count, stride, weights, inputs, x, inputStride, result));

            for (var n = 0; n < count; n++)
            {
                for (var i = 0; i < inputs; i++)
                {
                    var sum = Enumerable.Range(0, outputs).Sum(o => (double)delta[(n * stride) + o] * weights[(i * stride) + o]);
                    Assert.Equal(x[(n * inputStride) + i] > 0 ? sum : 0, result[(n * inputStride) + i], Tolerance);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void AdamStep_MatchesItsTwin(int width)
    {
        var random = new Pcg64(3);
        var weights = Random(random, 64);
        var m = new float[64];
        var v = new float[64];
        var twin = weights.Select(w => (W: (double)w, M: 0.0, V: 0.0)).ToArray();
        for (var step = 1; step <= 20; step++)
        {
            var gradients = Random(random, 64).Select(g => g * 5).ToArray();
            var alpha = (float)(0.01 * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step)));
            Run(
                width,
                () => AdamStep.Execute<Float128>(weights, gradients, m, v, 2f, 0.1f, 0.001f, alpha, 1e-7f),
                () => AdamStep.Execute<Float256>(weights, gradients, m, v, 2f, 0.1f, 0.001f, alpha, 1e-7f),
                () => AdamStep.Execute<Float512>(weights, gradients, m, v, 2f, 0.1f, 0.001f, alpha, 1e-7f));
            for (var i = 0; i < twin.Length; i++)
            {
                var g = Math.Clamp((double)gradients[i], -2, 2);
                var (w, mean, square) = twin[i];
                mean += (g - mean) * 0.1;
                square += ((g * g) - square) * 0.001;
                twin[i] = (w - (alpha * mean / (Math.Sqrt(square) + 1e-7)), mean, square);
                Assert.Equal(twin[i].W, weights[i], Tolerance);
            }
        }
    }

    [Fact]
    public void ShortBuffers_AreRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => DenseForward.Execute(new float[7], 2, 4, 4, new float[64], new float[16], 16, false, new float[32]));

        Assert.Contains("x has 7 elements; 8 are needed", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Count, int Inputs, int Outputs)> Shapes()
    {
        foreach (var count in new[] { 1, 2, 3, 4, 5, 7, 8, 32 })
        {
            foreach (var inputs in new[] { 1, 2, 3, 4, 5, 8, 9, 32, 33 })
            {
                foreach (var outputs in new[] { 1, 2, 4, 15, 16, 17, 32, 40 })
                {
                    yield return (count, inputs, outputs);
                }
            }
        }
    }

    /// <summary>Vectors wider than the machine's run in software: the result counts, not the speed.</summary>
    private static void Run(int width, Action run128, Action run256, Action run512) =>
        (width switch { 128 => run128, 256 => run256, _ => run512 })();

    private static float[] Random(Pcg64 random, int length)
    {
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)random.Uniform(-1, 1);
        }

        return values;
    }

    private static float[] Padded(Pcg64 random, int rows, int columns)
    {
        var stride = Padding.RoundUp(columns);
        var values = new float[rows * stride];
        for (var row = 0; row < rows; row++)
        {
            Random(random, columns).CopyTo(values, row * stride);
        }

        return values;
    }
}

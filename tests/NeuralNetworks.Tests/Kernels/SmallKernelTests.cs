using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Tests.Reference;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Kernels;

public sealed class SmallKernelTests
{
    public static TheoryData<int> Widths => [128, 256, 512];

    [Fact]
    public void Transpose_OfEverySmallBlock_SwapsIndices()
    {
        for (var rows = 1; rows <= 17; rows++)
        {
            for (var columns = 1; columns <= 17; columns++)
            {
                var source = Draw.Floats((ulong)(rows + (100 * columns)), rows * (columns + 2));
                var destination = new float[columns * (rows + 3)];

                Transpose.Execute(source, columns + 2, rows, columns, destination, rows + 3);

                for (var i = 0; i < destination.Length; i++)
                {
                    var (column, row) = Math.DivRem(i, rows + 3);
                    Assert.Equal(row < rows ? source[(row * (columns + 2)) + column] : 0, destination[i]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ColumnSums_AddRows(int registers)
    {
        for (var rows = 1; rows < 10; rows++)
        {
            var matrix = Draw.Floats((ulong)rows, rows * 48);
            var sums = new float[48];

            Run(
                registers,
                () => new ColumnSums(matrix, rows, 48, sums).Run<Float128>(),
                () => new ColumnSums(matrix, rows, 48, sums).Run<Float256>(),
                () => new ColumnSums(matrix, rows, 48, sums).Run<Float512>());

            for (var column = 0; column < 48; column++)
            {
                Assert.Equal(
                    Enumerable.Range(0, rows).Sum(row => (double)matrix[(row * 48) + column]), sums[column], 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ReluMask_KeepsGradientsOfWhatIsAboveZero(int registers)
    {
        for (var length = 0; length < 70; length++)
        {
            var output = Draw.Floats(1, length).Select(v => Math.Max(v, 0)).ToArray();
            var before = Draw.Floats(2, length);
            var gradient = before.ToArray();

            Run(
                registers,
                () => new ReluMask(output, gradient).Run<Float128>(),
                () => new ReluMask(output, gradient).Run<Float256>(),
                () => new ReluMask(output, gradient).Run<Float512>());

            Assert.Equal(before.Select((g, i) => output[i] > 0 ? g : 0), gradient);
        }
    }

    /// <summary>Samples whose last values fill up, and with more registers than are summed at once.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Normalisation_IsThatOfDoublePrecision(int registers)
    {
        foreach (var (length, features) in new[] { (16, 16), (16, 3), (80, 80), (144, 130) })
        {
            var x = Fill(1, length, features, 3);
            var (gain, shift, delta) =
                (Fill(2, length, features, 1), Fill(3, length, features, 1), Fill(4, length, features, 1));
            var (y, dx) = (new float[length], Draw.Floats(5, length));
            var (before, gainGradient, shiftGradient) = (dx.ToArray(), Draw.Floats(6, length), Draw.Floats(7, length));
            var (gainBefore, shiftBefore) = (gainGradient.ToArray(), shiftGradient.ToArray());
            var (mean, inverse) = (0f, 0f);

            Run(registers, Compute<Float128>, Compute<Float256>, Compute<Float512>);

            var expectedMean = x.Take(features).Average(v => (double)v);
            var expectedInverse = 1 / Math.Sqrt(
                x.Take(features).Average(v => (v - expectedMean) * (v - expectedMean)) + 1e-5);
            double Normal(int i) => (x[i] - expectedMean) * expectedInverse;
            var meanGradient = Enumerable.Range(0, features).Average(i => (double)delta[i] * gain[i]);
            var meanProduct = Enumerable.Range(0, features).Average(i => (double)delta[i] * gain[i] * Normal(i));
            Assert.Equal(expectedMean, mean, 1e-5);
            Assert.Equal(expectedInverse, inverse, 1e-5);
            for (var i = 0; i < features; i++)
            {
                Assert.Equal(Math.Max((Normal(i) * gain[i]) + shift[i], -0.5), y[i], 1e-5);
                Assert.Equal(
                    before[i] + (((delta[i] * gain[i]) - meanGradient - (Normal(i) * meanProduct)) * expectedInverse),
                    dx[i], 1e-5);
                Assert.Equal(gainBefore[i] + (delta[i] * Normal(i)), gainGradient[i], 1e-5);
                Assert.Equal(shiftBefore[i] + delta[i], shiftGradient[i], 1e-5);
            }

            Assert.All(y.Skip(features), v => Assert.Equal(0, v));

            void Compute<TVector>()
                where TVector : struct, IFloatVector<TVector>
            {
                new Moments(x, features, 1e-5, ref mean, ref inverse).Run<TVector>();
                new Normalise(x, mean, inverse, gain, shift, -0.5f, y).Run<TVector>();
                new NormaliseInputGradient(x, features, mean, inverse, gain, delta, dx).Run<TVector>();
                new NormaliseParameterGradients(x, mean, inverse, delta, gainGradient, shiftGradient).Run<TVector>();
            }
        }

        static float[] Fill(ulong seed, int length, int features, double scale) =>
            [.. Draw.Floats(seed, length).Select((v, i) => i < features ? (float)((v * scale) + 1) : 0)];
    }

    [Fact]
    public void VectorAdd_AddsEveryElement()
    {
        for (var length = 0; length < 40; length++)
        {
            var (addend, sum) = (Draw.Floats(1, length), Draw.Floats(2, length));
            var expected = addend.Zip(sum, (a, b) => b + a).ToArray();

            VectorAdd.Execute(addend, sum);

            Assert.Equal(expected, sum);
        }
    }

    [Theory]
    [InlineData(InputScaling.Raw, 0f, 255f)]
    [InlineData(InputScaling.Unit, 0f, 1f)]
    [InlineData(InputScaling.Symmetric, -1f, 1f)]
    public void Bytes_AreScaledToTheirRange(InputScaling scaling, float black, float white)
    {
        var reader = new InputReader(Layout.Dense(new FeatureShape(2)), scaling, WorkerPool.Shared);
        var result = new float[2];

        reader.Read([0, 255], result);

        Assert.Equal(black, result[0], 1e-6f);
        Assert.Equal(white, result[1], 1e-6f);
    }

    [Fact]
    public void CellsOfFour_AreReadAsByDefinition()
    {
        var layout = Layout.Dense(new FeatureShape(4, 84, 84), block: 4);
        var reader = new InputReader(layout, InputScaling.Unit, WorkerPool.Shared);
        var bytes = Draw.Bytes(1, layout.Shape.Features);
        var (expected, actual) = (new float[layout.SampleStride], new float[layout.SampleStride]);

        reader.Read(bytes, expected);
        reader.ReadCellsOfFour(bytes, actual);

        Assert.Equal(expected, actual);
        Assert.Equal(bytes[(3 * 84 * 84) + (5 * 84) + 6] * (1f / 255), actual[layout.IndexOf(3, 5, 6)]);
    }

    [Fact]
    public void ShortBuffers_AreRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Widest.Run(new ColumnSums(new float[31], 2, 16, new float[16])));

        Assert.Contains("matrix has 31 elements; 32 are needed", error.Message, StringComparison.Ordinal);
    }

    private static void Run(int registers, Action run128, Action run256, Action run512) =>
        (registers switch { 128 => run128, 256 => run256, _ => run512 })();
}

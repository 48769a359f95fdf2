using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Tests.Reference;

namespace DqnAspire.NeuralNetworks.Tests.Kernels;

/// <summary>The tile kernel at each width of register against its definition in float64.</summary>
public sealed class TileProductTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Widths => [128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void ATile_IsItsDefinition(int registers)
    {
        foreach (var width in new[] { 16, 32 })
        {
            foreach (var loop in Loops(width))
            {
                var right = Draw.Floats(1, (loop.Outer * loop.Inner * loop.RightStep) + width);
                var left = Draw.Floats(2, (loop.Outer * loop.OuterStep) + (loop.Inner * loop.InnerStep) + 200);
                var start = Draw.Floats(3, width * TileProduct.Rows);
                var (leftRows, startRows, resultRows) = (Places(7), Places(width).Reverse().ToArray(), Places(width));
                foreach (var floor in new[] { 0, float.NegativeInfinity })
                {
                    var result = new float[width * TileProduct.Rows];

                    Execute(registers, loop, width, left, leftRows, right, start, startRows, result, resultRows, floor);

                    for (var row = 0; row < TileProduct.Rows; row++)
                    {
                        for (var column = 0; column < width; column++)
                        {
                            double sum = start[startRows[row] + column];
                            for (var term = 0; term < loop.Outer * loop.Inner; term++)
                            {
                                var (outer, inner) = Math.DivRem(term, loop.Inner);
                                var place = leftRows[row] + (outer * loop.OuterStep) + (inner * loop.InnerStep);
                                sum += (double)left[place] * right[(term * loop.RightStep) + column];
                            }

                            Assert.Equal(Math.Max(sum, floor), result[resultRows[row] + column], Tolerance);
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void RowsGivenAgain_AddOnce(int registers)
    {
        var loop = new TileLoop(1, 0, 5, 1, 16);
        var (left, right) = (Draw.Floats(1, 40), Draw.Floats(2, 80));
        var result = Draw.Floats(3, 32);
        var before = result.ToArray();
        int[] leftRows = [0, 5, 5, 5, 5, 5, 5, 5];
        int[] resultRows = [0, 16, 16, 16, 16, 16, 16, 16];

        Execute(registers, loop, 16, left, leftRows, right, result, resultRows, result, resultRows,
            float.NegativeInfinity);

        for (var i = 0; i < 32; i++)
        {
            var expected = before[i]
                + Enumerable.Range(0, 5).Sum(k => (double)left[(i / 16 * 5) + k] * right[(k * 16) + (i % 16)]);
            Assert.Equal(expected, result[i], Tolerance);
        }
    }

    [Fact]
    public void EveryWidthOfRegister_GivesTheSameBits()
    {
        // A result is one chain of multiply-adds at any width, fused where the machine fuses.
        var loop = new TileLoop(3, 40, 11, 2, 32);
        var (left, right, start) = (Draw.Floats(1, 400), Draw.Floats(2, 33 * 32), Draw.Floats(3, 32));
        var results = new List<float[]>();
        foreach (var registers in new[] { 256, 512 })
        {
            var result = new float[32 * TileProduct.Rows];
            Execute(registers, loop, 32, left, Places(9), right, start, new int[TileProduct.Rows], result, Places(32),
                0);
            results.Add(result);
        }

        Assert.Equal(results[0], results[1]);
    }

    private static IEnumerable<TileLoop> Loops(int width) =>
        from outer in new[] { 1, 2, 3 }
        from inner in new[] { 1, 2, 5, 16, 33 }
        from innerStep in new[] { 1, 3 }
        from rightStep in new[] { width, width + 16 }
        select new TileLoop(outer, inner + 7, inner, innerStep, rightStep);

    private static int[] Places(int stride) => [.. Enumerable.Range(0, TileProduct.Rows).Select(i => i * stride)];

    /// <summary>Vectors wider than the machine's run in software: the result counts, not the speed.</summary>
    private static void Execute(
        int registers, TileLoop loop, int width, float[] left, int[] leftRows, float[] right, float[] start,
        int[] startRows, float[] result, int[] resultRows, float floor)
    {
        var tile = new TileProduct(
            loop, width, ref left[0], leftRows, ref right[0], ref start[0], startRows, ref result[0], resultRows,
            floor);
        switch (registers)
        {
            case 128:
                tile.Run<Float128>();
                break;
            case 256:
                tile.Run<Float256>();
                break;
            default:
                tile.Run<Float512>();
                break;
        }
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.Benchmarks.Network;

/// <summary>
/// What the processor can do at most: multiply-adds of the widest registers in sixteen independent chains that touch no
/// memory, two operations for each element.
/// </summary>
internal static class MultiplyAddPeak
{
    private const int Chains = 16;
    private const int Steps = 4_000_000;
    private const int Rounds = 5;

    /// <summary>
    /// 10^9 operations a second of several threads together: the best of some rounds, after one to warm up.
    /// </summary>
    public static double Measure(int threads)
    {
        var best = 0.0;
        for (var round = 0; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => Run(Steps))).ToArray();
            foreach (var worker in workers)
            {
                worker.Start();
            }

            foreach (var worker in workers)
            {
                worker.Join();
            }

            var width = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
            var operations = 2.0 * Chains * Steps * threads * width;
            best = Math.Max(best, round == 0 ? 0 : operations / Stopwatch.GetElapsedTime(started).TotalSeconds / 1e9);
        }

        return best;
    }

    private static float Run(int steps) =>
        Vector512.IsHardwareAccelerated ? Run512(steps)
        : Vector256.IsHardwareAccelerated ? Run256(steps)
        : Run128(steps);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run512(int steps)
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        var (a, b, c, d, e, f, g, h) = (y, y, y, y, y, y, y, y);
        var (i, j, k, l, m, n, o, p) = (y, y, y, y, y, y, y, y);
        for (var step = 0; step < steps; step++)
        {
            (a, b, c, d) = (Fma(a), Fma(b), Fma(c), Fma(d));
            (e, f, g, h) = (Fma(e), Fma(f), Fma(g), Fma(h));
            (i, j, k, l) = (Fma(i), Fma(j), Fma(k), Fma(l));
            (m, n, o, p) = (Fma(m), Fma(n), Fma(o), Fma(p));
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);

        Vector512<float> Fma(Vector512<float> value) => Vector512.MultiplyAddEstimate(value, x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run256(int steps)
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        var (a, b, c, d, e, f, g, h) = (y, y, y, y, y, y, y, y);
        for (var step = 0; step < 2 * steps; step++)
        {
            (a, b, c, d) = (Fma(a), Fma(b), Fma(c), Fma(d));
            (e, f, g, h) = (Fma(e), Fma(f), Fma(g), Fma(h));
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);

        Vector256<float> Fma(Vector256<float> value) => Vector256.MultiplyAddEstimate(value, x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run128(int steps)
    {
        var (x, y) = (Vector128.Create(0.999f), Vector128.Create(0.001f));
        var (a, b, c, d, e, f, g, h) = (y, y, y, y, y, y, y, y);
        for (var step = 0; step < 2 * steps; step++)
        {
            (a, b, c, d) = (Fma(a), Fma(b), Fma(c), Fma(d));
            (e, f, g, h) = (Fma(e), Fma(f), Fma(g), Fma(h));
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h);

        Vector128<float> Fma(Vector128<float> value) => Vector128.MultiplyAddEstimate(value, x, y);
    }
}

using System.Diagnostics;
using DqnAspire.Core;
using DqnAspire.Replay;

namespace DqnAspire.Benchmarks.Replay;

/// <summary>
/// Appends Atari-shaped steps to a table: one lane, episodes of 500 steps, frames of 84x84 bytes that repeat late.
/// </summary>
/// <param name="frames">The frames, taken again and again; more than a block of them.</param>
internal sealed class AtariLoad(byte[] frames)
{
    public const int FrameBytes = 84 * 84;
    public const int BlockRecords = 128;
    public const int BatchSize = 32;

    private const int EpisodeSteps = 500;
    private const int BlockBytes = BlockRecords * FrameBytes;

    private readonly StepRecord[] _block = new StepRecord[BlockRecords];
    private int _episodeStep;
    private int _next;

    /// <summary>The table that the load is for.</summary>
    /// <param name="capacity">Its steps.</param>
    public static TableSpec Spec(int capacity) => new(FrameBytes, capacity) { MaxStack = 4 };

    public ValueTask AppendBlockAsync(ReplayTable table, CancellationToken cancellationToken)
    {
        for (var i = 0; i < BlockRecords; i++)
        {
            var end = _episodeStep == EpisodeSteps ? StepFlags.Terminated : StepFlags.None;
            _block[i] = _episodeStep == 0
                ? new StepRecord(0, -1, 0, StepFlags.First)
                : new StepRecord(0, _episodeStep % 4, 1, end);
            _episodeStep = _episodeStep == EpisodeSteps ? 0 : _episodeStep + 1;
        }

        _next = (_next + BlockBytes) % (frames.Length - BlockBytes + 1) / FrameBytes * FrameBytes;
        return table.AppendAsync(_block, frames.AsMemory(_next, BlockBytes), cancellationToken);
    }

    /// <summary>Steps a second.</summary>
    public Task<double> AppendRateAsync(ReplayTable table, int steps, CancellationToken cancellationToken) =>
        Measurement.MedianAsync(
            async () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var done = 0; done < steps; done += BlockRecords)
                {
                    await AppendBlockAsync(table, cancellationToken).ConfigureAwait(false);
                }

                return Math.Max(steps, BlockRecords) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            },
            cancellationToken);
}

using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>Finds the records of a table that an earlier process left.</summary>
/// <param name="spec">The table.</param>
/// <param name="frames">Its observations.</param>
/// <param name="state">Its counters and priorities.</param>
/// <param name="log">Its commits.</param>
internal sealed class FileRecovery(TableSpec spec, FrameFile frames, StateFile state, RecordLog log)
{
    // Observations that are checked at opening: far more than the operating system keeps from the disk for long.
    private const int CheckedRecords = 16 * TableSpec.MaxBlockRecords;

    // The ring without the block that may have been written and not committed.
    private int Kept => spec.Slots - TableSpec.MaxBlockRecords;

    /// <summary>Reads the log, and cuts it where the newest observations are not on the disk.</summary>
    /// <returns>The first record, the record after the last, and all of them.</returns>
    public (long First, long End, List<RecordRun> Runs) Recover()
    {
        if (state.FirstKept < 0 || state.Sampled < 0)
        {
            throw new InvalidDataException("a counter is negative");
        }

        var blocks = log.Recover();
        var valid = CheckNewest(blocks);
        var first = Math.Max(state.FirstKept, blocks.Count > 0 ? blocks[0].First : 0);
        var end = first;
        var runs = new List<RecordRun>();
        foreach (var block in blocks.Take(valid).Where(b => b.End > first))
        {
            var overwritten = (int)Math.Max(0, first - block.First);
            runs.Add(new RecordRun(block.First + overwritten, block.Records.AsMemory(overwritten)));
            end = block.End;
        }

        return (first, end, runs);
    }

    /// <summary>
    /// Compares the newest observations with their checksums, and cuts off the log where they begin to differ.
    /// </summary>
    /// <returns>Number of blocks that stay.</returns>
    private int CheckNewest(List<LoggedBlock> blocks)
    {
        if (blocks.Count == 0)
        {
            return 0;
        }

        var observation = new byte[spec.ObservationBytes];
        var from = Math.Max(state.FirstKept, blocks[^1].End - Math.Min(CheckedRecords, Kept));
        for (var b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            for (var i = 0; i < block.Records.Length && block.End > from; i++)
            {
                if (block.First + i < from)
                {
                    continue;
                }

                frames.ReadRun(block.First + i, 1, observation);
                if (Crc32C.Of(observation) != block.Records[i].Checksum)
                {
                    CutFrom(blocks, b);
                    return b;
                }
            }
        }

        return blocks.Count;
    }

    private void CutFrom(List<LoggedBlock> blocks, int index)
    {
        // The observations of the blocks that are cut off may have reached the ring all the same.
        state.FirstKept = Math.Max(state.FirstKept, blocks[^1].End - Kept);
        log.CutFrom(blocks[index]);
        if (spec.PriorityExponent > 0)
        {
            foreach (var record in blocks.Skip(index).SelectMany(b => b.Records).Where(r => r.Step >= 0))
            {
                state.ClearPriority(record.Step);
            }
        }
    }
}

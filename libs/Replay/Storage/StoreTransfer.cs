namespace DqnAspire.Replay.Storage;

/// <summary>Copies a table from one store to another, whichever engines they are of.</summary>
public static class StoreTransfer
{
    private const int BlockBytes = 4 << 20;

    /// <summary>Copies records, observations, changed priorities and counters; not the marks.</summary>
    /// <param name="source">An open store that nobody has read yet, and nobody changes meanwhile.</param>
    /// <param name="target">An empty store of a table with the same specification.</param>
    /// <param name="cancellationToken">Cancels the copy between two blocks.</param>
    /// <exception cref="ReplayStoreException">The source cannot be read, or the target not be written.</exception>
    public static async Task CopyAsync(IReplayStore source, IReplayStore target, CancellationToken cancellationToken)
    {
        var width = source.Manifest.Spec.ObservationBytes;
        var atOnce = Math.Clamp(BlockBytes / width, 1, TableSpec.MaxBlockRecords);
        var observations = new byte[atOnce * width];
        await foreach (var run in source.RecoverAsync(cancellationToken).ConfigureAwait(false))
        {
            for (var start = 0; start < run.Records.Length; start += atOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var records = run.Records.Slice(start, Math.Min(atOnce, run.Records.Length - start)).ToArray();
                var first = run.First + start;
                var reads = new ObservationRead[records.Length];
                for (var i = 0; i < reads.Length; i++)
                {
                    reads[i] = new ObservationRead(first + i, observations.AsMemory(i * width, width));
                }

                await source.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
                await target
                    .AppendAsync(
                        first, records, observations.AsMemory(0, records.Length * width), CancellationToken.None)
                    .ConfigureAwait(false);
                await CopyPrioritiesAsync(source, target, records).ConfigureAwait(false);
            }
        }

        target.MaxPriority = source.MaxPriority;
        target.Sampled = source.Sampled;
    }

    private static async ValueTask CopyPrioritiesAsync(IReplayStore source, IReplayStore target, StoredRecord[] records)
    {
        if (source.Manifest.Spec.PriorityExponent == 0)
        {
            return;
        }

        var steps = new List<long>();
        var priorities = new List<float>();
        foreach (var record in records)
        {
            if (record.Step >= 0 && source.SavedPriority(record.Step) is { } priority)
            {
                steps.Add(record.Step);
                priorities.Add(priority);
            }
        }

        await target.SavePrioritiesAsync(
            steps.ToArray(), priorities.ToArray(), CancellationToken.None).ConfigureAwait(false);
    }
}

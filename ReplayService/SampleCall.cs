using System.Diagnostics;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Sharing;
using Google.Protobuf;
using Grpc.Core;
using static DqnAspire.ReplayService.ReplayErrors;

namespace DqnAspire.ReplayService;

/// <summary>One stream of batches: an open sampler, and the memory that it may take.</summary>
internal sealed class SampleCall : IDisposable
{
    private readonly SharedTable _table;
    private readonly OpenSampler _open;
    private readonly ReplayMetrics _metrics;
    private readonly IDisposable _memory;
    private readonly TableSampler _sampler;
    private readonly BatchMessages _messages;

    /// <summary>Opens a sampler.</summary>
    /// <param name="table">The table.</param>
    /// <param name="open">The request.</param>
    /// <param name="budget">Gives the memory.</param>
    /// <param name="metrics">Measures batches.</param>
    /// <exception cref="RpcException">The request is invalid.</exception>
    /// <exception cref="MemoryLimitException">There is not so much memory left; none was taken.</exception>
    public SampleCall(SharedTable table, OpenSampler open, MemoryBudget budget, ReplayMetrics metrics)
    {
        (_table, _open, _metrics) = (table, open, metrics);
        var (sampler, spec) = ReplayMessages.ToSampler(open, table);
        var width = table.Spec.ObservationBytes;
        BatchMessages.Check(open.BatchSize, width, spec);
        _memory = budget.Reserve(
            $"open.batch_size: a sampler of {open.BatchSize} transitions",
            BatchMessages.MaxMemoryBytes(open.BatchSize, width, spec));
        try
        {
            _sampler = table.OpenSampler(sampler, spec, open.BatchSize, open.Generation);
            _messages = new BatchMessages(_sampler.Buffer, width, spec, withWeights: Prioritized is not null);
        }
        catch
        {
            _memory.Dispose();
            throw;
        }
    }

    private PrioritizedSampler? Prioritized => _sampler.Sampler as PrioritizedSampler;

    /// <summary>Sends batches as long as there is credit.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<SampleRequest> requests,
        IServerStreamWriter<SampleResponse> responses,
        ServerCallContext context)
    {
        // A client that waits for it learns of a refusal before it has played a single step.
        await context.WriteResponseHeadersAsync([]);
        while (await requests.MoveNext(context.CancellationToken))
        {
            var credit = requests.Current.Credit ?? throw Invalid("credit: a sampler can be opened once only.");
            if (credit.Batches < 1)
            {
                throw Invalid($"credit.batches: {credit.Batches} is not a number of batches.");
            }

            if (credit.HasImportanceExponent && Prioritized is { } prioritized)
            {
                prioritized.ImportanceExponent = credit.ImportanceExponent is >= 0 and <= 1
                    ? credit.ImportanceExponent
                    : throw Invalid(
                        $"credit.importance_exponent: {credit.ImportanceExponent} is not a number from 0 to 1.");
            }

            for (var i = 0; i < credit.Batches; i++)
            {
                await SendBatchAsync(credit.AfterRecords, responses, context.CancellationToken);
            }
        }
    }

    public void Dispose() => _memory.Dispose();

    private async ValueTask SendBatchAsync(
        long afterRecords, IServerStreamWriter<SampleResponse> responses, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        if (!await _sampler.SampleAsync(afterRecords, mayWait: !_open.FailWhenShort, cancellationToken))
        {
            throw Error(
                StatusCode.FailedPrecondition,
                $"Table '{_table.Name}' holds {_table.Status.Size} transitions, too few for a batch of "
                + $"{_open.BatchSize}.");
        }

        _metrics.Sampled(
            _table.Name,
            _open.BatchSize,
            (long)_sampler.Buffer.Observations.Length + _sampler.Buffer.NextObservations.Length,
            _sampler.Ages.Mean,
            Stopwatch.GetElapsedTime(asked) - _sampler.DrawTime,
            _sampler.DrawTime);
        var state = UnsafeByteOperations.UnsafeWrap(_sampler.Sampler.State.ToBytes());
        foreach (var part in _messages.Parts)
        {
            part.SamplerState = state;
            await responses.WriteAsync(part, cancellationToken);
        }
    }
}

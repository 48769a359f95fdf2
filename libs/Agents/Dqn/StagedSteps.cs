using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// Keeps the steps of a concurrent phase until its end, so that what is sampled in between does not depend on timing.
/// </summary>
/// <param name="observationBytes">Bytes of one observation.</param>
internal sealed class StagedSteps(int observationBytes) : IStepSink
{
    private readonly List<Step> _steps = [];
    private byte[] _observations = [];

    /// <inheritdoc/>
    public ValueTask BeginEpisodeAsync(
        int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken) =>
        Add(new Step(lane, null, 0, StepFlags.None), observation);

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        int lane, int action, float reward, StepFlags flags, ReadOnlyMemory<byte> nextObservation,
        CancellationToken cancellationToken) =>
        Add(new Step(lane, action, reward, flags), nextObservation);

    /// <summary>Hands everything over, in order, and keeps nothing.</summary>
    public async ValueTask MoveToAsync(IStepSink sink, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            var step = _steps[i];
            var observation = _observations.AsMemory(i * observationBytes, observationBytes);
            if (step.Action is { } action)
            {
                await sink.AppendAsync(step.Lane, action, step.Reward, step.Flags, observation, cancellationToken)
                    .ConfigureAwait(false);
            }
            else
            {
                await sink.BeginEpisodeAsync(step.Lane, observation, cancellationToken).ConfigureAwait(false);
            }
        }

        _steps.Clear();
    }

    private ValueTask Add(Step step, ReadOnlyMemory<byte> observation)
    {
        var start = _steps.Count * observationBytes;
        if (_observations.Length < start + observationBytes)
        {
            Array.Resize(ref _observations, Math.Max(2 * _observations.Length, start + observationBytes));
        }

        observation.Span.CopyTo(_observations.AsSpan(start, observationBytes));
        _steps.Add(step);
        return ValueTask.CompletedTask;
    }

    private readonly record struct Step(int Lane, int? Action, float Reward, StepFlags Flags);
}

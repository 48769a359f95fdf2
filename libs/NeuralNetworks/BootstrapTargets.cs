using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Returns;

namespace DqnAspire.NeuralNetworks;

/// <summary>Computes the targets of an update of Q-learning, with buffers that grow to the largest batch.</summary>
/// <param name="online">The network that is trained.</param>
/// <param name="returns">What its outputs mean.</param>
/// <param name="labels">True when the loss covers all actions.</param>
internal sealed class BootstrapTargets(QNetwork online, ReturnModel returns, bool labels)
{
    private readonly int _actions = online.Actions;
    private readonly int _outputs = online.OutputsPerAction;
    private float[] _next = [];
    private float[] _selecting = [];
    private float[] _targets = [];
    private float[] _labels = [];

    /// <summary>Computes targets for the actions taken, or labels for all actions, as the loss needs.</summary>
    public ReadOnlySpan<float> Compute(in BootstrapBatch batch, QNetwork target)
    {
        var count = batch.Count;
        var targets = Room(ref _targets, count * _outputs);
        var next = Room(ref _next, count * _actions * _outputs);
        var selecting = Room(ref _selecting, count * _actions);
        if (batch.DoubleQ)
        {
            online.Forward(batch.NextStates, selecting, batch.Noisy);
            target.ForwardDistributions(batch.NextStates, next, batch.Noisy);
        }
        else
        {
            target.Forward(batch.NextStates, selecting, next, batch.Noisy);
        }

        returns.ComputeTargets(batch.Rewards, batch.Discounts, next, selecting, targets);
        return labels ? Label(batch, targets) : targets;
    }

    /// <summary>The online network's own values, with the targets in the places of the actions taken.</summary>
    private ReadOnlySpan<float> Label(in BootstrapBatch batch, ReadOnlySpan<float> targets)
    {
        var values = Room(ref _labels, batch.Count * _actions);
        online.Forward(batch.States, values, batch.Noisy);
        for (var i = 0; i < batch.Count; i++)
        {
            values[(i * _actions) + batch.Actions[i]] = targets[i];
        }

        return values;
    }

    private static Span<float> Room(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[length];
        }

        return buffer.AsSpan(0, length);
    }
}

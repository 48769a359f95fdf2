using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks;

/// <summary>Rejects batches whose buffers do not fit their count or the network; messages name both shapes.</summary>
internal static class BatchChecks
{
    public static void RequireObservations(
        Observations observations, NetworkDefinition network, string name = "observations") =>
        observations.RequireShape(observations.Count, network.Observation.Features, name);

    public static void Require(in TrainingBatch batch, LossDefinition loss, NetworkDefinition network)
    {
        RequireObservations(batch.Observations, network);
        RequireLength(batch.Targets.Length, batch.Count, loss.TargetSize(network.Head), nameof(batch.Targets));
        RequireWeights(batch.Weights, batch.Count);
        if (!loss.CoversAllActions)
        {
            RequireActions(batch.Actions, batch.Count, network.Head.Actions);
        }
    }

    public static void Require(in BootstrapBatch batch, NetworkDefinition network)
    {
        RequireObservations(batch.States, network, nameof(batch.States));
        batch.NextStates.RequireShape(batch.Count, network.Observation.Features, nameof(batch.NextStates));
        RequireLength(batch.Rewards.Length, batch.Count, 1, nameof(batch.Rewards));
        RequireLength(batch.Discounts.Length, batch.Count, 1, nameof(batch.Discounts));
        RequireWeights(batch.Weights, batch.Count);
        RequireActions(batch.Actions, batch.Count, network.Head.Actions);
    }

    public static void RequireLength(int length, int count, int width, string name)
    {
        if (count < 1 || length != (long)count * width)
        {
            throw new ArgumentException($"{name} has shape [{length}]; [{count}, {width}] is needed.", name);
        }
    }

    private static void RequireWeights(ReadOnlySpan<float> weights, int count)
    {
        if (!weights.IsEmpty)
        {
            RequireLength(weights.Length, count, 1, "Weights");
        }
    }

    private static void RequireActions(ReadOnlySpan<int> taken, int count, int actions)
    {
        RequireLength(taken.Length, count, 1, "Actions");
        foreach (var action in taken)
        {
            if ((uint)action >= (uint)actions)
            {
                throw new ArgumentException($"{action} is no action; there are 0..{actions - 1}.", nameof(taken));
            }
        }
    }
}

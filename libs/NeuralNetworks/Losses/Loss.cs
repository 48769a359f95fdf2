using DqnAspire.NeuralNetworks.Definitions;

namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>A loss of one sample; a batch's is the mean of the samples', each times its importance weight.</summary>
public abstract class Loss
{
    /// <summary>Its name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>True when the target has an entry for each action, not only for the one taken.</summary>
    public virtual bool CoversAllActions => false;

    /// <summary>Numbers in the target of one sample.</summary>
    /// <param name="head">The network's head.</param>
    public virtual int TargetSize(HeadDefinition head) => head.Values.Outputs;

    /// <summary>Refuses a head that this loss is not made for.</summary>
    /// <param name="head">The network's head.</param>
    /// <exception cref="ArgumentException">The head has other outputs.</exception>
    public virtual void Require(HeadDefinition head)
    {
        if (head.Values is not PlainValues)
        {
            throw new ArgumentException($"The loss {Name} needs plain action values; the network's head gives {head.Values}.", nameof(head));
        }
    }

    /// <summary>One sample.</summary>
    /// <param name="outputs">Outputs for the action taken, [<see cref="ValueDistribution.Outputs"/>], or for all actions.</param>
    /// <param name="target">[<see cref="TargetSize"/>].</param>
    /// <param name="gradient">Receives the loss's derivatives by the outputs.</param>
    /// <param name="error">Receives the TD error (target minus estimate) or what stands for it as a priority.</param>
    /// <returns>The loss.</returns>
    public abstract double Sample(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error);
}

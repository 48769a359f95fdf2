namespace DqnAspire.Core.Networks;

/// <summary>
/// Describes the loss of one sample. The loss of a batch is the mean over its samples, each times its importance
/// weight.
/// </summary>
public abstract record LossDefinition
{
    /// <summary>Name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>True when the target has an entry for each action; false when it is for the action taken.</summary>
    public virtual bool CoversAllActions => false;

    /// <summary>Number of values in the target of one sample.</summary>
    public int TargetSize(HeadDefinition head) => CoversAllActions ? head.Actions : head.Values.Outputs;

    /// <summary>Rejects a head that this loss does not fit.</summary>
    /// <exception cref="ArgumentException">The head has other outputs.</exception>
    public virtual void Require(HeadDefinition head)
    {
        if (head.Values is not PlainValues)
        {
            throw new ArgumentException(
                $"The loss {Name} needs plain action values; the network's head gives {head.Values}.", nameof(head));
        }
    }
}

/// <summary>(target - q)^2 of the action taken.</summary>
public sealed record SquaredError : LossDefinition
{
    /// <inheritdoc/>
    public override string Name => "squared error";
}

/// <summary>
/// The mean over all actions of (label - q)^2, as libraries compute it for whole vectors of labels: the gradient of
/// each entry has the factor 1/actions. The TD error is the largest difference by absolute value.
/// </summary>
public sealed record SquaredErrorOverActions : LossDefinition
{
    /// <inheritdoc/>
    public override string Name => "squared error over all actions";

    /// <inheritdoc/>
    public override bool CoversAllActions => true;
}

/// <summary>
/// Huber's loss of e = target - q: e^2 / 2 up to the threshold d, d (|e| - d/2) above it. With d = 1 it is PyTorch's
/// smooth L1 loss and the error clipped to [-1, 1] of Mnih et al. 2015.
/// </summary>
/// <param name="Threshold">Absolute error above which the loss is linear.</param>
public sealed record HuberLoss(float Threshold = 1) : LossDefinition
{
    /// <inheritdoc/>
    public override string Name => "Huber";
}

/// <summary>
/// -sum of p[i] log softmax(outputs)[i] for a target distribution p over the atoms (Bellemare et al. 2017, algorithm
/// 1). The loss takes the place of the TD error, as in Rainbow's priorities.
/// </summary>
public sealed record CategoricalCrossEntropy : LossDefinition
{
    /// <inheritdoc/>
    public override string Name => "categorical cross-entropy";

    /// <inheritdoc/>
    public override void Require(HeadDefinition head)
    {
        if (head.Values is not CategoricalValues)
        {
            throw new ArgumentException(
                $"The loss {Name} needs a categorical head; the network's gives {head.Values}.", nameof(head));
        }
    }
}

/// <summary>
/// The sum over quantiles i of the mean over target samples j of |tau[i] - 1(u &lt; 0)| H(u) / kappa with
/// u = target[j] - theta[i], tau[i] = (i + 1/2) / n and Huber's loss H with threshold kappa (Dabney et al. 2018,
/// equation 10). The TD error is the difference of the means.
/// </summary>
/// <param name="Kappa">Threshold of Huber's loss.</param>
public sealed record QuantileHuberLoss(float Kappa = 1) : LossDefinition
{
    /// <inheritdoc/>
    public override string Name => "quantile Huber";

    /// <inheritdoc/>
    public override void Require(HeadDefinition head)
    {
        if (head.Values is not QuantileValues)
        {
            throw new ArgumentException(
                $"The loss {Name} needs a head of quantiles; the network's gives {head.Values}.", nameof(head));
        }
    }
}

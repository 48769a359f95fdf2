namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>How gradients become steps.</summary>
public sealed class OptimizerSection
{
    [Setting("The rule.")]
    public OptimizerKind Kind { get; set; }

    [Setting("Step size.", Min = 0, ExcludesMin = true, Max = 1, Changeable = SettingChange.WhileTraining)]
    public double LearningRate { get; set; }

    [Setting(
        "Step size that it falls to in a straight line over DecayUpdates; only where DecayUpdates is above 0.",
        Min = 0, Max = 1)]
    public double FinalLearningRate { get; set; }

    [Setting("Updates over which the step size falls; 0: it stays.", Unit = "updates", Min = 0)]
    public long DecayUpdates { get; set; }

    [Setting("Number that guards the denominator.", Min = 0, Max = 1)]
    public double Epsilon { get; set; } = 1e-8;

    [Setting("Momentum of RmsProp.", Min = 0, Max = 1)]
    public double Momentum { get; set; }

    [Setting("Decay of RmsProp's averages.", Min = 0, Max = 1)]
    public double Smoothing { get; set; } = 0.99;

    [Setting("What of the gradient is bounded.")]
    public ClippingKind Clipping { get; set; }

    [Setting("The bound, where there is one.", Min = 0)]
    public double ClippingLimit { get; set; }

    /// <summary>Checks that the settings fit each other.</summary>
    /// <exception cref="SettingException">Two settings contradict each other; both are named.</exception>
    public void Validate()
    {
        if (Clipping != ClippingKind.None && ClippingLimit <= 0)
        {
            throw new SettingException(
                $"Optimizer:ClippingLimit={ClippingLimit} is no bound for Optimizer:Clipping={Clipping}; it must be "
                + "above 0.");
        }
    }
}

/// <summary>The rule of an optimiser.</summary>
public enum OptimizerKind
{
    /// <summary>Adam as PyTorch has it.</summary>
    Adam,

    /// <summary>Adam as Keras has it: epsilon is added before the bias correction.</summary>
    KerasAdam,

    /// <summary>RMSprop as PyTorch has it.</summary>
    RmsProp,

    /// <summary>Centred RMSprop with epsilon inside the root, as DQN's authors had it.</summary>
    CentredRmsProp,

    /// <summary>Rectified Adam.</summary>
    RAdam,
}

/// <summary>What of the gradient is bounded.</summary>
public enum ClippingKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each element's absolute value.</summary>
    Value,

    /// <summary>The norm of each tensor.</summary>
    TensorNorm,

    /// <summary>The norm of all tensors together.</summary>
    GlobalNorm,
}

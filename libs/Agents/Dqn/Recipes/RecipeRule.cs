using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn.Recipes;

/// <summary>
/// What one published recipe does otherwise than deep Q-learning. A preset names it in <c>Agent:Rule</c>. A rule
/// overrides what it changes; everything else stays as in <see cref="DeepQLearning"/>. One object serves one run.
/// </summary>
internal abstract class RecipeRule
{
    /// <summary>The loss; null: that of the settings.</summary>
    public virtual LossDefinition? Loss => null;

    /// <summary>Whether the target network chooses the actions in training.</summary>
    public virtual bool ActsWithTarget => false;

    /// <summary>Refuses settings that the rule does not go with.</summary>
    /// <exception cref="SettingException">Names both settings.</exception>
    public virtual void Validate(DqnSettings settings)
    {
    }

    /// <summary>A run begins: makes room for what the rule needs.</summary>
    public virtual void Begin(DqnSettings settings, SeedStreams seeds, NetworkDefinition definition, NetworkInput input)
    {
    }

    /// <summary>Changes the labels reward + discount * the next state's value.</summary>
    /// <param name="agent">The update rule.</param>
    /// <param name="flags">How each transition's last step ended, [N].</param>
    /// <param name="rewards">[N].</param>
    /// <param name="discounts">[N].</param>
    public virtual void Relabel(
        DqnAgentSection agent, ReadOnlySpan<StepFlags> flags, Span<float> rewards, Span<float> discounts)
    {
    }

    /// <summary>Does a training call in its own way.</summary>
    /// <param name="online">The network that learns.</param>
    /// <param name="target">The target network.</param>
    /// <param name="batch">The sampled transitions.</param>
    /// <param name="update">The same, as the standard update takes them: with resolved labels.</param>
    /// <returns>The loss; null: the standard update is to be done.</returns>
    public virtual double? Train(
        IQNetwork online, IQNetwork target, in TransitionBatch batch, in BootstrapBatch update) => null;

    /// <summary>Adds the rule's own state.</summary>
    public virtual void Save(CheckpointBuilder checkpoint)
    {
    }

    /// <summary>Restores the rule's own state.</summary>
    /// <exception cref="InvalidDataException">The checkpoint does not fit.</exception>
    public virtual void Restore(Checkpoint checkpoint)
    {
    }
}

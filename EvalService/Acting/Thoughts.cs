using DqnAspire.Core.Networks;

namespace DqnAspire.EvalService.Acting;

/// <summary>What a policy thinks of some states.</summary>
/// <param name="Actions">Greedy actions, [count].</param>
/// <param name="ActionValues">[count, actions].</param>
/// <param name="Distributions">
/// [count, actions, outputs]; empty where none were asked for or the values are plain.
/// </param>
/// <param name="Values">What the values are made of.</param>
public readonly record struct Thoughts(
    ReadOnlyMemory<int> Actions,
    ReadOnlyMemory<float> ActionValues,
    ReadOnlyMemory<float> Distributions,
    ValueDistribution Values)
{
    /// <summary>Those of some of the states.</summary>
    /// <param name="start">The first state.</param>
    /// <param name="count">Number of states.</param>
    /// <param name="all">Number of states that these are of.</param>
    public Thoughts Slice(int start, int count, int all)
    {
        var (values, outputs) = (ActionValues.Length / all, Distributions.Length / all);
        return new Thoughts(
            Actions.Slice(start, count),
            ActionValues.Slice(start * values, count * values),
            Distributions.Slice(start * outputs, count * outputs),
            Values);
    }
}

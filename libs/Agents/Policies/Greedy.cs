namespace DqnAspire.Agents.Policies;

/// <summary>The choice by action values.</summary>
internal static class Greedy
{
    /// <summary>The action with the highest value in each row; ties go to the lowest action.</summary>
    /// <param name="values">[count, actions].</param>
    /// <param name="actions">Receives [count].</param>
    public static void Choose(ReadOnlySpan<float> values, Span<int> actions)
    {
        var width = values.Length / actions.Length;
        for (var i = 0; i < actions.Length; i++)
        {
            var row = values.Slice(i * width, width);
            var best = 0;
            for (var action = 1; action < row.Length; action++)
            {
                best = row[action] > row[best] ? action : best;
            }

            actions[i] = best;
        }
    }
}

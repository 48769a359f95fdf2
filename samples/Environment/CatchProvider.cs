using DqnAspire.Environments;
using DqnAspire.Environments.Plugins;

namespace CatchEnvironment;

/// <summary>The registration: one definition for each environment of this assembly.</summary>
public sealed class CatchProvider : IEnvironmentProvider
{
    private const string Speed = "speed";

    /// <inheritdoc/>
    public IEnumerable<EnvironmentDefinition> Environments { get; } =
    [
        new("Catch-v0", "Catch a falling ball with a paddle.", options => new Catch(options.GetNumber(Speed, 1, 3)))
        {
            RewardThreshold = 0.95,
            Options = [new(Speed, "1", "Rows that the ball falls in a step, 1..3.")],
        },
    ];
}

using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Box2D;
using DqnAspire.Environments.ClassicControl;
using DqnAspire.Environments.ToyText;

namespace DqnAspire.Environments.BuiltIn;

/// <summary>The environments of this product, composed.</summary>
public static class BuiltInEnvironments
{
    /// <summary>All of them, in the order they are listed.</summary>
    public static EnvironmentRegistry Registry { get; } = new(
    [
        CartPoleDefinition.CartPoleV1,
        .. FrozenLakeDefinitions.All,
        LunarLanderDefinition.LunarLanderV3,
        .. AtariDefinitions.OfThisMachine(),
    ]);
}

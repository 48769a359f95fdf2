using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>What a game is played with.</summary>
/// <param name="Left">The left jack; a joystick that nobody touches where there is nothing.</param>
/// <param name="Right">The right jack, likewise.</param>
/// <param name="SwapPaddles">The two paddles of a jack are exchanged.</param>
/// <param name="SwapPorts">The two jacks are exchanged: player A is on the right port.</param>
/// <param name="Paddles">Player A's paddle; null when neither jack has paddles.</param>
public sealed record ControllerProperties(
    ControllerType Left,
    ControllerType Right,
    bool SwapPaddles,
    bool SwapPorts,
    PaddleProperties? Paddles)
{
    /// <summary>Either jack has paddles.</summary>
    public bool UsesPaddles => Left == ControllerType.Paddles || Right == ControllerType.Paddles;
}

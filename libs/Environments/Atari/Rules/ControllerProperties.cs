namespace DqnAspire.Environments.Atari.Rules;

/// <summary>What a game is played with.</summary>
/// <param name="Left">The left jack.</param>
/// <param name="Right">The right jack.</param>
/// <param name="SwapPaddles">The two paddles of a jack are exchanged.</param>
/// <param name="SwapPorts">The two jacks are exchanged: player A is on the right port.</param>
/// <param name="Paddles">Player A's paddle; null when neither jack has paddles.</param>
public sealed record ControllerProperties(
    ControllerKind Left,
    ControllerKind Right,
    bool SwapPaddles,
    bool SwapPorts,
    PaddleProperties? Paddles)
{
    /// <summary>Either jack has paddles.</summary>
    public bool UsesPaddles => Left == ControllerKind.Paddles || Right == ControllerKind.Paddles;
}

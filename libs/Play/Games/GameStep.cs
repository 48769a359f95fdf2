using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Play.Games;

/// <summary>One step of a game.</summary>
/// <param name="Episode">Number of the episode, from 0.</param>
/// <param name="Index">Number of the step in its episode, from 0.</param>
/// <param name="Decision">Why the action was taken.</param>
/// <param name="Reward">Raw reward.</param>
/// <param name="Return">Sum of the episode's raw rewards, this one included.</param>
/// <param name="Lives">Lives left; 0 where the game counts none.</param>
/// <param name="End">How the step ended.</param>
/// <param name="Film">What the screen showed; holds until the next step. Null where the game is not filmed.</param>
public readonly record struct GameStep(
    int Episode, int Index, Decision Decision, double Reward, double Return, int Lives, StepFlags End, Film? Film);

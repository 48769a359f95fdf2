namespace DqnAspire.Agents.Evaluation.HumanScores;

/// <summary>What an Atari game's scores are measured by.</summary>
/// <param name="Game">The game, for example "space_invaders".</param>
/// <param name="Random">Mean score of a uniformly random agent.</param>
/// <param name="Human">Mean score of a human.</param>
public sealed record HumanScore(string Game, double Random, double Human)
{
    /// <summary>
    /// The human-normalised score, (score - random) / (human - random): 0 as good as random, 1 as good as the human.
    /// </summary>
    public double Normalise(double score) => (score - Random) / (Human - Random);
}

namespace DqnAspire.Runs.Evaluation;

/// <summary>How far the evaluation after training is.</summary>
/// <param name="Episodes">Episodes to play.</param>
/// <param name="Played">Episodes played so far.</param>
/// <param name="MeanReturn">Mean of their returns; 0 while there are none.</param>
public sealed record EvaluationProgress(int Episodes, int Played, double MeanReturn)
{
    /// <summary>The same after a further episode.</summary>
    /// <param name="episodeReturn">Its return.</param>
    public EvaluationProgress Add(double episodeReturn) =>
        this with { Played = Played + 1, MeanReturn = MeanReturn + ((episodeReturn - MeanReturn) / (Played + 1)) };
}

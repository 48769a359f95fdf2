namespace DqnAspire.Agents.Training;

/// <summary>One run of one algorithm.</summary>
public interface ITrainer
{
    /// <summary>Trains until the stopping rule fires or a limit is reached.</summary>
    /// <param name="cancellationToken">Stops after the current step.</param>
    /// <returns><see cref="RunState.Solved"/> or <see cref="RunState.Unsolved"/>.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    Task<RunState> TrainAsync(CancellationToken cancellationToken);
}

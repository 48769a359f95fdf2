using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments;

/// <summary>
/// Cuts episodes off after a number of steps. Truncated is set on the step that reaches the limit whether or not the
/// environment itself ended there, as Gymnasium's wrapper of the same name does.
/// </summary>
public sealed class TimeLimit : IEnvironment
{
    private readonly IEnvironment _environment;
    private int _steps;

    /// <summary>Limits <paramref name="environment"/>.</summary>
    /// <param name="environment">The environment inside.</param>
    /// <param name="maxEpisodeSteps">Steps of the longest episode, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxEpisodeSteps"/> is below 1.</exception>
    public TimeLimit(IEnvironment environment, int maxEpisodeSteps)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEpisodeSteps, 1);
        _environment = environment;
        MaxEpisodeSteps = maxEpisodeSteps;
    }

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace => _environment.ObservationSpace;

    /// <inheritdoc/>
    public ActionSpace ActionSpace => _environment.ActionSpace;

    /// <inheritdoc/>
    public int MaxEpisodeSteps { get; }

    /// <inheritdoc/>
    public IDisplay? Display => _environment.Display;

    /// <inheritdoc/>
    public ResetEvents LastReset => _environment.LastReset;

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => _environment.InfoNames;

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values) => _environment.ReadInfo(values);

    /// <inheritdoc/>
    public void Change(string name, string value) => _environment.Change(name, value);

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        _environment.Reset(seed, observation);
        _steps = 0;
    }

    /// <inheritdoc/>
    public StepResult Step(int action, Span<byte> observation)
    {
        if (_steps >= MaxEpisodeSteps)
        {
            EnvironmentErrors.ThrowResetNeeded();
        }

        var result = _environment.Step(action, observation);
        _steps++;
        return _steps >= MaxEpisodeSteps
            ? result with { Flags = result.Flags | StepFlags.Truncated, GameContinues = false }
            : result;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        // The environment first: a state of another one is then refused for its name and not for its limit.
        writer.Section(nameof(TimeLimit));
        _environment.SaveState(writer);
        writer.Setting("max_episode_steps", MaxEpisodeSteps);
        writer.Write(_steps);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        reader.Section(nameof(TimeLimit));
        _environment.RestoreState(reader);
        reader.Setting("max_episode_steps", MaxEpisodeSteps);
        _steps = reader.ReadInt32("the number of steps", 0, MaxEpisodeSteps);
    }
}

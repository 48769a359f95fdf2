using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing;

/// <summary>
/// An environment of screens with its observations made: the end of a pipeline. Neither a step nor a reset allocates.
/// </summary>
public sealed class PreprocessedEnvironment : IEnvironment
{
    private readonly IScreenEnvironment _screens;
    private readonly IFrameOperation[] _operations;
    private readonly byte[][] _frames;
    private bool _running;

    /// <summary>Joins screens with the operations that make observations of them.</summary>
    /// <param name="screens">The environment inside.</param>
    /// <param name="operations">
    /// From screen to observation, in the order of application; none shows the screen itself.
    /// </param>
    /// <param name="channelAxis">
    /// Whether grey observations have a last axis of 1; those of several channels always have one.
    /// </param>
    /// <exception cref="ArgumentException">An operation does not take what the one before it gives.</exception>
    public PreprocessedEnvironment(
        IScreenEnvironment screens, IEnumerable<IFrameOperation> operations, bool channelAxis = false)
    {
        ArgumentNullException.ThrowIfNull(screens);
        ArgumentNullException.ThrowIfNull(operations);
        _screens = screens;
        _operations = [.. operations];
        _frames = new byte[_operations.Length][];
        Format = screens.Screen;
        for (var i = 0; i < _operations.Length; i++)
        {
            if (_operations[i].Input != Format)
            {
                throw new ArgumentException(
                    $"{_operations[i].GetType().Name} takes {_operations[i].Input} and would be given {Format}.",
                    nameof(operations));
            }

            _frames[i] = new byte[Format.ByteCount];
            Format = _operations[i].Output;
        }

        int[] shape = Format.Channels > 1 || channelAxis
            ? [Format.Height, Format.Width, Format.Channels]
            : [Format.Height, Format.Width];
        ObservationSpace = ObservationSpace.Box(Format.ElementType, shape, [Format.Low], [Format.High]);
    }

    /// <summary>An observation as a picture.</summary>
    public FrameFormat Format { get; }

    /// <summary>Lives left, after a reset too; 0 where the game counts none.</summary>
    public int Lives => _screens.Lives;

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; }

    /// <inheritdoc/>
    public ActionSpace ActionSpace => _screens.ActionSpace;

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 0;

    /// <inheritdoc/>
    public IDisplay? Display => _screens.Display;

    /// <inheritdoc/>
    public ResetEvents LastReset { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => _screens.InfoNames;

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values) => _screens.ReadInfo(values);

    /// <inheritdoc/>
    public void Change(string name, string value) => _screens.Change(name, value);

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        LastReset = _screens.Reset(seed);
        _running = true;
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(int action, Span<byte> observation)
    {
        ActionSpace.ThrowIfOutside(action);
        ObservationSpace.ThrowIfTooShort(observation);
        if (!_running)
        {
            EnvironmentErrors.ThrowResetNeeded();
        }

        var result = _screens.Step(action, draw: true);
        _running = !result.Ended;
        Observe(observation);
        return result;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(nameof(PreprocessedEnvironment));
        writer.Setting("observation", $"{Format}");
        writer.Write(_running);
        _screens.SaveState(writer);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(nameof(PreprocessedEnvironment));
        reader.Setting("observation", $"{Format}");
        _running = reader.ReadBoolean();
        _screens.RestoreState(reader);
    }

    private void Observe(Span<byte> observation)
    {
        _screens.ReadScreen(_operations.Length == 0 ? observation : _frames[0]);
        for (var i = 0; i < _operations.Length; i++)
        {
            _operations[i].Apply(_frames[i], i + 1 < _operations.Length ? _frames[i + 1] : observation);
        }
    }
}

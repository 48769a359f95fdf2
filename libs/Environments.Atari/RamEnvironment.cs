using DqnAspire.Core;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari;

/// <summary>A game whose observation is the console's RAM: [128] bytes.</summary>
/// <param name="emulator">The game.</param>
public sealed class RamEnvironment(AtariEmulator emulator) : IEnvironment
{
    private bool _running;

    /// <inheritdoc/>
    public ObservationSpace ObservationSpace { get; } = ObservationSpace.Box(ElementType.UInt8, [128], [0], [255]);

    /// <inheritdoc/>
    public ActionSpace ActionSpace => emulator.ActionSpace;

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 0;

    /// <inheritdoc/>
    public IDisplay? Display => emulator;

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        emulator.Reset(seed);
        _running = true;
        emulator.Ram.CopyTo(observation);
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

        // The observation does not need the picture; a person who looks at the display does.
        var result = emulator.Step(action, draw: true);
        _running = !result.Ended;
        emulator.Ram.CopyTo(observation);
        return result;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Section(nameof(RamEnvironment));
        writer.Write(_running);
        emulator.SaveState(writer);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(nameof(RamEnvironment));
        _running = reader.ReadBoolean();
        emulator.RestoreState(reader);
    }
}

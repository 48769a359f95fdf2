using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari;

/// <summary>A game whose observation is the console's RAM: [128] bytes. The screens inside are not looked at.</summary>
/// <param name="emulator">The game.</param>
/// <param name="screens">The same game, with the wrappers that it is played with.</param>
public sealed class RamEnvironment(AtariEmulator emulator, IScreenEnvironment screens) : IEnvironment
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
    public ResetEvents LastReset { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<string> InfoNames => emulator.InfoNames;

    /// <inheritdoc/>
    public void ReadInfo(Span<long> values) => emulator.ReadInfo(values);

    /// <inheritdoc/>
    public void Change(string name, string value) => emulator.Change(name, value);

    /// <inheritdoc/>
    public void Reset(ulong? seed, Span<byte> observation)
    {
        ObservationSpace.ThrowIfTooShort(observation);
        LastReset = screens.Reset(seed);
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

        var result = screens.Step(action, draw: false);
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
        screens.SaveState(writer);
    }

    /// <inheritdoc/>
    public void RestoreState(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section(nameof(RamEnvironment));
        _running = reader.ReadBoolean();
        screens.RestoreState(reader);
    }
}

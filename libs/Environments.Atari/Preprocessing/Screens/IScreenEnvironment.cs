using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// An environment whose observation is a screen of one format, read when somebody wants it: the layer at which the
/// wrappers of Atari recipes work. Each wraps another one and is one itself.
/// </summary>
/// <remarks>Nothing here allocates per step. Not safe for use by several threads at once.</remarks>
public interface IScreenEnvironment
{
    /// <summary>Format of the screen.</summary>
    FrameFormat Screen { get; }

    /// <summary>The actions.</summary>
    ActionSpace ActionSpace { get; }

    /// <summary>Lives left; 0 where the game counts none.</summary>
    int Lives { get; }

    /// <summary>The emulator's own screen, for people.</summary>
    IDisplay Display { get; }

    /// <summary>The generator of the environment inside. Another one after a reset with a seed.</summary>
    Pcg64 Random { get; }

    /// <summary>Begins an episode; afterwards the screen can be read.</summary>
    /// <param name="seed">Seeds the generators anew; null lets them continue.</param>
    /// <returns>What happened within the reset.</returns>
    ResetEvents Reset(ulong? seed);

    /// <summary>Plays one step.</summary>
    /// <param name="action">One of <see cref="ActionSpace"/>.</param>
    /// <param name="draw">
    /// Whether somebody will read the screen after this step. It is right in any case; one that was not announced may
    /// take longer to read.
    /// </param>
    /// <returns>Rewards, lives, and whether and how the episode ended.</returns>
    StepResult Step(int action, bool draw);

    /// <summary>Reads the screen that the last step or reset led to.</summary>
    /// <param name="screen">
    /// Receives a picture of format <see cref="Screen"/>; the rest of the span is left alone.
    /// </param>
    void ReadScreen(Span<byte> screen);

    /// <inheritdoc cref="IAtariEmulator.InfoNames"/>
    IReadOnlyList<string> InfoNames { get; }

    /// <inheritdoc cref="IAtariEmulator.ReadInfo"/>
    void ReadInfo(Span<long> values);

    /// <inheritdoc cref="IAtariEmulator.Change"/>
    void Change(string name, string value);

    /// <summary>
    /// Writes everything that what comes next depends on, as <see cref="IEnvironment.SaveState"/> does.
    /// </summary>
    /// <param name="writer">Receives it.</param>
    void SaveState(StateWriter writer);

    /// <summary>
    /// Takes over what another one made alike has saved, as <see cref="IEnvironment.RestoreState"/> does.
    /// </summary>
    /// <param name="reader">What was saved.</param>
    /// <exception cref="StateException">The state is damaged or of another environment.</exception>
    void RestoreState(StateReader reader);
}

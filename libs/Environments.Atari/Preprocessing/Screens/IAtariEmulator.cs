using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>
/// A game running on an emulator: what preprocessing stands on. It has an episode, rewards and lives, but no
/// observation; the screen, 160 pixels wide and 210 rows high (250 with PAL), is read when somebody wants it.
/// </summary>
public interface IAtariEmulator : IDisplay
{
    /// <summary>The actions, with the console's names of them.</summary>
    ActionSpace ActionSpace { get; }

    /// <summary>Emulated frames of a step; 0 when each step draws its number.</summary>
    int FrameSkip { get; }

    /// <summary>Lives left; 0 where the game counts none.</summary>
    int Lives { get; }

    /// <summary>
    /// The environment's generator, which wrappers draw from too. Another one after a reset with a seed.
    /// </summary>
    Pcg64 Random { get; }

    /// <summary>Begins an episode.</summary>
    /// <param name="seed">Seeds the generators anew; null lets them go on.</param>
    void Reset(ulong? seed);

    /// <summary>Plays <see cref="FrameSkip"/> frames.</summary>
    /// <param name="action">One of <see cref="ActionSpace"/>.</param>
    /// <param name="draw">
    /// False when nobody will read the screen after this step; what a read gives then is not defined.
    /// </param>
    /// <returns>Reward and flags; lives may be left out, they are asked for.</returns>
    StepResult Step(int action, bool draw);

    /// <summary>Reads the screen as luminances, [height, width].</summary>
    /// <param name="screen">Receives the screen.</param>
    void ReadGrayscale(Span<byte> screen);

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

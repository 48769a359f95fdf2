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
    /// <param name="seed">Seeds the generators anew; null lets them continue.</param>
    void Reset(ulong? seed);

    /// <summary>Plays <see cref="FrameSkip"/> frames.</summary>
    /// <param name="action">One of <see cref="ActionSpace"/>.</param>
    /// <param name="draw">
    /// Whether somebody will read the screen after this step. It is right in any case; one that was not announced may
    /// take longer to read.
    /// </param>
    /// <returns>Reward and flags; lives may be left out, they are asked for.</returns>
    StepResult Step(int action, bool draw);

    /// <summary>Reads the screen as luminances, [height, width].</summary>
    /// <param name="screen">Receives the screen.</param>
    void ReadGrayscale(Span<byte> screen);

    /// <summary>
    /// Names of the numbers that tell more of a step than its result, see <see cref="IEnvironment"/>.
    /// </summary>
    IReadOnlyList<string> InfoNames => [];

    /// <summary>Reads those numbers as they are after the last step or reset.</summary>
    /// <param name="values">Receives them, in the order of their names.</param>
    void ReadInfo(Span<long> values)
    {
    }

    /// <summary>Changes something of the running game, see <see cref="IEnvironment.Change"/>.</summary>
    /// <param name="name">What to change.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="EnvironmentOptionException">There is nothing of that name, or the value is none.</exception>
    void Change(string name, string value) => throw EnvironmentErrors.CannotChange(name);

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

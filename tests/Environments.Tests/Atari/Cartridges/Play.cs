using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

/// <summary>Episodes on a bundled cartridge, as an agent plays them.</summary>
internal static class Play
{
    private const int MaximumFrames = 108_000;
    private const int MaximumNoops = 30;

    /// <summary>A cartridge in a console, switched on but not reset.</summary>
    public static AtariGame SwitchOn(string id)
    {
        var rule = GameCatalog.Default.Get(id);
        return new AtariGame(
            new AtariConsole(BundledCartridges.Get(id).Span, GameConsole.OptionsFor(rule)), rule, seed: 0);
    }

    /// <summary>A game at its start.</summary>
    public static AtariGame Start(string id)
    {
        var game = SwitchOn(id);
        game.Reset();
        return game;
    }

    /// <summary>Plays one action for some frames.</summary>
    /// <returns>The sum of the rewards.</returns>
    public static int Act(this AtariGame game, int action, int frames)
    {
        var reward = 0;
        for (var i = 0; i < frames; i++)
        {
            reward += game.Act(action);
        }

        return reward;
    }

    /// <summary>An episode from its start, up to 30 idle frames first, to its end.</summary>
    /// <param name="game">The game.</param>
    /// <param name="random">What the number of idle frames is drawn from.</param>
    /// <param name="policy">What chooses the actions, once in so many frames.</param>
    /// <param name="frames">Frames an action.</param>
    /// <returns>The return.</returns>
    public static int Episode(AtariGame game, Pcg64 random, Func<int> policy, int frames)
    {
        game.Reset();
        var sum = game.Act((int)AtariAction.Noop, (int)random.Integers(0, MaximumNoops + 1));
        for (var frame = 0; frame < MaximumFrames && !game.IsTerminal; frame += frames)
        {
            sum += game.Act(policy(), frames);
        }

        Assert.True(game.IsTerminal, "The game should have come to its end.");
        return sum;
    }

    /// <summary>The returns of some episodes, written to the test's output with their mean.</summary>
    public static int[] Returns(int episodes, Func<int> playEpisode)
    {
        int[] returns = [.. Enumerable.Range(0, episodes).Select(_ => playEpisode())];
        TestContext.Current.TestOutputHelper!.WriteLine($"mean {returns.Average():F2} of {string.Join(' ', returns)}");
        return returns;
    }

    /// <summary>The mean return over some episodes of uniformly random actions, four frames each.</summary>
    public static double MeanOfRandomEpisodes(string id, int episodes)
    {
        var random = new Pcg64(2600);
        var game = SwitchOn(id);
        var actions = GameCatalog.Default.Get(id).MinimalActions;
        return Returns(episodes, () => Episode(game, random, AnyAction, frames: 4)).Average();

        int AnyAction() => actions[(int)random.Integers(0, actions.Length)];
    }
}

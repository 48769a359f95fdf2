using DqnAspire.Atari2600;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Atari;

/// <summary>How a console is set up for a game.</summary>
public static class GameConsole
{
    /// <summary>
    /// The console's options for an image. Picture and controllers are those that ALE's table has for its checksum; an
    /// image that neither the table nor the rule names has ALE's default picture and the game's controllers.
    /// </summary>
    /// <param name="rule">The game; null for a cartridge without a rule.</param>
    /// <param name="checksum">MD5 of the image, in hexadecimal.</param>
    public static ConsoleOptions OptionsFor(GameRule? rule, string checksum)
    {
        ArgumentNullException.ThrowIfNull(checksum);
        var options = OptionsFor(rule);
        if (DumpTable.Find(checksum) is { } dump)
        {
            return dump.Controllers(dump.Display(options));
        }

        return rule?.Checksums.Contains(checksum, StringComparer.OrdinalIgnoreCase) == true
            ? options
            : DumpProperties.Default.Display(options);
    }

    /// <summary>
    /// The console's options for the image that a rule was made for: the picture, the controllers and how far a paddle
    /// turns.
    /// </summary>
    /// <param name="rule">The game; null for a cartridge without a rule, which gets the defaults.</param>
    public static ConsoleOptions OptionsFor(GameRule? rule)
    {
        var options = new ConsoleOptions();
        if (rule is null)
        {
            return options;
        }

        var (display, controllers) = (rule.Display, rule.Controllers);
        return options with
        {
            FirstLine = display.FirstScanline,
            Height = display.Height,
            HmoveBlanks = display.HmoveBlanks,
            DetectionSwitches = rule.Switches,
            Format = display.Format,
            LeftController = controllers.Left,
            RightController = controllers.Right,
            SwapPaddles = controllers.SwapPaddles,
            SwapPorts = controllers.SwapPorts,
            MinPaddleResistance = controllers.Paddles?.MinPosition ?? options.MinPaddleResistance,
            MaxPaddleResistance = controllers.Paddles?.MaxPosition ?? options.MaxPaddleResistance,
        };
    }
}

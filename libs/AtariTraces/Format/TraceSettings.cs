using System.Globalization;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;

namespace DqnAspire.AtariTraces.Format;

/// <summary>Overridden properties as options of the console. The keys are those of ALE's own settings.</summary>
public static class TraceSettings
{
    private static readonly Dictionary<string, Func<ConsoleOptions, TraceSetting, ConsoleOptions>> Known = new()
    {
        ["lc"] = (options, setting) => options with { LeftController = Controller(setting) },
        ["rc"] = (options, setting) => options with { RightController = Controller(setting) },
        ["bc"] = (options, setting) =>
            options with { LeftController = Controller(setting), RightController = Controller(setting) },
        ["cp"] = (options, setting) => options with { SwapPaddles = YesOrNo(setting) },
        ["sp"] = (options, setting) => options with { SwapPorts = YesOrNo(setting) },
        ["format"] = (options, setting) => options with { Format = Format(setting) },
        ["ystart"] = (options, setting) => options with { FirstLine = Number(setting, 0, ConsoleOptions.MaxFirstLine) },
        ["height"] = (options, setting) => options with { Height = Number(setting, 1, ConsoleOptions.MaxHeight) },
        ["hmove"] = (options, setting) => options with { HmoveBlanks = YesOrNo(setting) },
    };

    /// <summary>What the keys mean, for a command's help.</summary>
    public static string Help =>
        "lc, rc, bc: left, right, both controllers (JOYSTICK, PADDLES); "
        + "cp, sp: exchange the paddles, the ports (YES, NO); "
        + "format (NTSC, PAL, AUTO-DETECT); ystart, height: lines of the picture; hmove: blanks after HMOVE (YES, NO)";

    /// <summary>Applies overrides in their order.</summary>
    /// <param name="options">The options without them.</param>
    /// <param name="settings">The overrides.</param>
    /// <exception cref="TraceFormatException">A key is not known, or a value is not one of its property.</exception>
    public static ConsoleOptions Apply(ConsoleOptions options, IEnumerable<TraceSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var setting in settings)
        {
            options = Known.TryGetValue(setting.Key, out var apply)
                ? apply(options, setting)
                : throw new TraceFormatException(
                    $"There is no property '{setting.Key}'. Properties: {string.Join(", ", Known.Keys)}.");
        }

        return options;
    }

    private static ControllerType Controller(TraceSetting setting) =>
        Choice(
        setting,
        ("JOYSTICK", ControllerType.Joystick),
        ("PADDLES", ControllerType.Paddles),
        ("NONE", ControllerType.Joystick));

    private static bool YesOrNo(TraceSetting setting) => Choice(setting, ("YES", true), ("NO", false));

    private static TelevisionFormat? Format(TraceSetting setting) => Choice<TelevisionFormat?>(
        setting, ("NTSC", TelevisionFormat.Ntsc), ("PAL", TelevisionFormat.Pal), ("AUTO-DETECT", null));

    private static T Choice<T>(TraceSetting setting, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        foreach (var (name, value) in choices)
        {
            if (name.Equals(setting.Value, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var names = string.Join(", ", choices.ToArray().Select(choice => choice.Name));
        throw new TraceFormatException($"{setting} is not possible: {setting.Key} takes one of {names}.");
    }

    private static int Number(TraceSetting setting, int min, int max) =>
        int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max
            ? number
            : throw new TraceFormatException(
                $"{setting} is not possible: {setting.Key} takes a number from {min} to {max}.");
}

using System.CommandLine;
using System.Globalization;
using DqnAspire.AtariTraces.Comparison;
using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;
using DqnAspire.Cli.Traces;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Monitoring;

namespace DqnAspire.Cli.Commands;

/// <summary>
/// <c>dqn trace</c>: plays a cartridge and prints its trace, or compares it with a recorded one and stops at the first
/// difference. It is the tool for debugging the emulator.
/// </summary>
internal static class TraceCommand
{
    private const int DefaultFrames = 600;
    private const int DefaultHold = 4;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var rom = new Option<string>("--rom")
        {
            Description = "The cartridge's image.",
            HelpName = "FILE",
            Required = true,
        };
        var script = new Option<string?>("--script")
        {
            Description = "Who plays: noop (the default), or lcgN with a seed N.",
            HelpName = "SCRIPT",
        };
        var hold = Number("--hold", $"Frames for which lcgN holds an action; {DefaultHold} by default.");
        var frames = Number("--frames", $"Frames to play; {DefaultFrames} by default.");
        var resets = Number("--resets", "Resets after the first; 0 by default.");
        var set = new Option<string[]>("--set")
        {
            Description = $"Overrides a property of the cartridge; can be given several times. {TraceSettings.Help}.",
            HelpName = "KEY=VALUE",
        };
        var diff = new Option<string?>("--diff")
        {
            Description = "Compares with a trace, plain or compressed, instead of printing. "
                + "What no option sets is as the trace was recorded.",
            HelpName = "FILE",
        };
        var command = new UserCommand(
            "trace",
            "Plays an Atari cartridge and prints every frame, or compares with a recorded trace.",
            ("dqn trace --rom pong.bin --script lcg1 --frames 100 > pong.csv", "record"),
            ("dqn trace --rom pong.bin --diff pong.csv", "exit code 1 at the first difference"))
        {
            rom, script, hold, frames, resets, set, diff,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var request = new TraceRequest(
                result.GetRequiredValue(rom),
                result.GetValue(script),
                result.GetValue(hold),
                result.GetValue(frames),
                result.GetValue(resets),
                [.. (result.GetValue(set) ?? []).Select(TraceSetting.Parse)]);
            return result.GetValue(diff) is { } file ? Compare(request, file, output) : Print(request, output);
        });
        return command;
    }

    private static Option<int?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            result.AddError($"{name} takes a number that is not negative, not '{text}'.");
            return null;
        },
    };

    private static int Print(TraceRequest request, TextWriter output)
    {
        var script = ActionScript.Parse(request.Script ?? ActionScript.Noop, request.Hold ?? DefaultHold);
        var frames = request.Frames ?? DefaultFrames;
        var setup = new TraceSetup
        {
            Seed = script.Seed,
            ExtraResets = request.Resets ?? 0,
            Settings = request.Settings,
        };
        var cartridge = CartridgeImage.Read(request.Rom);
        var game = new TraceRecorder(cartridge.Bytes, setup, cartridge.Source);
        var writer = new TraceWriter(output);
        writer.Write(game.Describe(cartridge.FileName, script, frames));
        for (var frame = 0; frame < frames; frame++)
        {
            writer.Write(game.Act(script.Next()));
        }

        return ExitCodes.Success;
    }

    private static int Compare(TraceRequest request, string file, TextWriter output)
    {
        var recorded = TraceReader.Read(file);
        var cartridge = CartridgeImage.Read(request.Rom);
        if (cartridge.Checksum != recorded.Header.Md5)
        {
            throw new TraceFormatException(
                $"{file} is a trace of {recorded.Header.Rom} with MD5 {recorded.Header.Md5}; "
                + $"{request.Rom} has {cartridge.Checksum}.");
        }

        var setup = TraceSetup.Of(recorded.Header);
        setup = setup with
        {
            ExtraResets = request.Resets ?? setup.ExtraResets,
            Settings = [.. setup.Settings, .. request.Settings],
        };
        var hold = request.Hold ?? (recorded.Header.Hold > 0 ? recorded.Header.Hold : DefaultHold);
        IActionSource actions = request.Script is { } script
            ? ActionScript.Parse(script, hold)
            : new RecordedActions(recorded);
        var frames = request.Frames ?? recorded.Rows.Length;

        var game = new TraceRecorder(cartridge.Bytes, setup, cartridge.Source);
        var difference = TraceComparison.FirstDifference(recorded, game, actions, frames);
        if (difference is null)
        {
            output.WriteLine($"equal: {frames} frames");
            return ExitCodes.Success;
        }

        output.WriteLine(difference);
        output.WriteLine($"different after {difference.EqualFrames} equal frames");
        return ExitCodes.Failure;
    }
}

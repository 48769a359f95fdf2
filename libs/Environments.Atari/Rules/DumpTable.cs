using System.Collections.Frozen;
using System.Globalization;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// The dumps whose properties are not ALE's defaults, by MD5: <c>dumps.csv</c>, one a line, an empty field where it has
/// the default.
/// </summary>
internal static class DumpTable
{
    private const string Resource = "atari/dumps.csv";
    private const int FieldCount = 11;

    private static readonly Lazy<FrozenDictionary<string, DumpProperties>> Dumps = new(Load);

    /// <summary>Number of dumps.</summary>
    public static int Count => Dumps.Value.Count;

    /// <summary>What is known of a dump.</summary>
    /// <param name="md5">MD5 of the image, in hexadecimal.</param>
    /// <returns>Null where the table does not name it: it has the defaults, or ALE does not know it.</returns>
    public static DumpProperties? Find(string md5) => Dumps.Value.GetValueOrDefault(md5);

    private static FrozenDictionary<string, DumpProperties> Load()
    {
        using var stream = typeof(DumpTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The library was built without {Resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToFrozenDictionary(fields => fields[0], Read, StringComparer.OrdinalIgnoreCase);
    }

    private static DumpProperties Read(string[] fields)
    {
        if (fields.Length != FieldCount)
        {
            throw new FormatException($"{Resource}: {fields[0]} has {fields.Length} fields instead of {FieldCount}.");
        }

        var defaults = new ConsoleOptions();
        var (firstLine, height) = (Number(fields[1], defaults.FirstLine), Number(fields[2], defaults.Height));
        var format = fields[4];
        var (left, right) = (Jack(fields[5]), Jack(fields[6]));
        var switches = (fields[9] == "A" ? ConsoleSwitches.LeftDifficultyA : ConsoleSwitches.None)
            | (fields[10] == "A" ? ConsoleSwitches.RightDifficultyA : ConsoleSwitches.None);
        return new DumpProperties(
            options => options with
            {
                FirstLine = firstLine,
                Height = height,
                HmoveBlanks = fields[3] != "NO",
                Format = FormatOf(format),
                GrowsForPal = format != "PAL60",
            },
            options => options with
            {
                LeftController = left,
                RightController = right,
                SwapPaddles = fields[7] == "YES",
                SwapPorts = fields[8] == "YES",
                DetectionSwitches = switches,
            });
    }

    /// <summary>PAL60 is PAL's colours with the lines of NTSC.</summary>
    private static TelevisionFormat? FormatOf(string text) => text switch
    {
        "" => null,
        "NTSC" => TelevisionFormat.Ntsc,
        "PAL" or "PAL60" => TelevisionFormat.Pal,
        _ => throw new FormatException($"{Resource}: '{text}' is no format."),
    };

    private static ControllerType Jack(string text) =>
        text == "PADDLES" ? ControllerType.Paddles : ControllerType.Joystick;

    private static int Number(string text, int otherwise) =>
        text.Length == 0 ? otherwise : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.AtariTraces.Format;

/// <summary>Reads traces, plain or compressed with gzip.</summary>
public static class TraceReader
{
    private const int GzipMagic = 0x1F;
    private const int CellCount = 9;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TraceFormatException">It is not a trace of frames that were all recorded.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Trace Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The text, or the text compressed; one that can seek.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="TraceFormatException">It is not a trace of frames that were all recorded.</exception>
    public static Trace Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var isCompressed = stream.ReadByte() == GzipMagic;
        stream.Position = 0;
        using var text = isCompressed
            ? new StreamReader(new GZipStream(stream, CompressionMode.Decompress))
            : new StreamReader(stream);
        var lines = new LineReader(text, name);
        try
        {
            return new Trace(ReadHeader(lines), ReadRows(lines));
        }
        catch (InvalidDataException e)
        {
            throw lines.Error(e.Message);
        }
    }

    private static TraceHeader ReadHeader(LineReader lines)
    {
        if (lines.Next() != TraceLayout.FirstLine)
        {
            throw lines.Error($"the first line of a trace is '{TraceLayout.FirstLine}'");
        }

        var fields = new HeaderFields(lines);
        var settings = ImmutableArray.CreateBuilder<TraceSetting>();
        var states = ImmutableArray.CreateBuilder<TraceState>();
        while (lines.Next() is { } line && line != TraceLayout.Columns)
        {
            if (!line.StartsWith("# ", StringComparison.Ordinal))
            {
                throw lines.Error($"the frames of a trace begin with '{TraceLayout.Columns}'");
            }

            var text = line[2..];
            if (text.StartsWith(TraceLayout.Setting, StringComparison.Ordinal))
            {
                settings.Add(TraceSetting.Parse(text[TraceLayout.Setting.Length..]));
            }
            else if (text.StartsWith(TraceLayout.State, StringComparison.Ordinal))
            {
                var state = new HeaderFields(lines);
                state.Add(text[TraceLayout.State.Length..]);
                states.Add(new TraceState(
                    text.Split(' ')[1], ParseHash(lines, state.Text("screen")), ParseRam(lines, state.Text("ram"))));
            }
            else if (text.StartsWith(TraceLayout.Bankswitch, StringComparison.Ordinal))
            {
                fields.Set("bankswitch", text[TraceLayout.Bankswitch.Length..]);
            }
            else
            {
                fields.Add(text);
            }
        }

        if (fields.Text("frame_skip") != "1" || fields.Text("repeat_action_probability") != "0")
        {
            throw lines.Error("only traces with every frame recorded and no sticky actions can be repeated");
        }

        return new TraceHeader
        {
            Rom = fields.Text("rom"),
            Md5 = fields.Text("md5").ToLowerInvariant(),
            Script = fields.Text("script"),
            Seed = fields.Seed("seed"),
            Hold = fields.Count("hold"),
            Frames = fields.Count("frames"),
            ExtraResets = fields.Count("extra_resets"),
            Left = fields.Text("left"),
            Right = fields.Text("right"),
            SwapPaddles = fields.Text("swap_paddles") == "YES",
            Format = fields.Text("format"),
            FirstLine = fields.Count("ystart"),
            Height = fields.Count("height"),
            Bankswitch = fields.Text("bankswitch"),
            Settings = settings.ToImmutable(),
            States = states.ToImmutable(),
            ScreenHeight = ParseScreenHeight(lines, fields.Text("screen")),
            LegalActions = fields.Count("legal_actions"),
        };
    }

    private static ImmutableArray<TraceRow> ReadRows(LineReader lines)
    {
        var rows = ImmutableArray.CreateBuilder<TraceRow>();
        while (lines.Next() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != CellCount)
            {
                throw lines.Error($"a frame has {CellCount} values, not {cells.Length}");
            }

            rows.Add(new TraceRow(
                Integer(lines, cells[0]),
                Action(lines, cells[1]),
                Integer(lines, cells[2]),
                Integer(lines, cells[3]) != 0,
                Integer(lines, cells[4]),
                Integer(lines, cells[5]),
                Integer(lines, cells[6]),
                ParseHash(lines, cells[7]),
                ParseRam(lines, cells[8])));
        }

        return rows.ToImmutable();
    }

    private static int Integer(LineReader lines, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw lines.Error($"'{text}' is not a number");

    private static int Action(LineReader lines, string text)
    {
        var action = Integer(lines, text);
        return action >= 0 && action < AtariActions.Names.Length
            ? action
            : throw lines.Error($"there is no action {action}");
    }

    private static ulong ParseHash(LineReader lines, string text) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw lines.Error($"'{text}' is not a hash");

    private static ImmutableArray<byte> ParseRam(LineReader lines, string text)
    {
        var ram = new byte[Atari2600.AtariConsole.RamSize];
        return Convert.FromHexString(text, ram, out var read, out var written) == System.Buffers.OperationStatus.Done
            && (read, written) == (text.Length, ram.Length)
            ? [.. ram]
            : throw lines.Error($"the memory is {2 * ram.Length} hexadecimal digits");
    }

    private static int ParseScreenHeight(LineReader lines, string text)
    {
        var width = $"{Atari2600.AtariConsole.Width}x";
        return text.StartsWith(width, StringComparison.Ordinal)
            ? Integer(lines, text[width.Length..])
            : throw lines.Error($"a picture is {width}LINES, not {text}");
    }
}

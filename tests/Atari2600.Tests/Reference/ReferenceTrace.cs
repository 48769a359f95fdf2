using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>What ALE did with a cartridge: settings in the head, one row per frame.</summary>
public sealed class ReferenceTrace
{
    private readonly Dictionary<string, string> _settings = [];

    private ReferenceTrace(string file)
    {
        using var unzipped = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        var states = new List<State>();
        var rows = new List<Row>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("# state ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                states.Add(new State(words[2], Value(words[3]), Value(words[4])));
            }
            else if (line.StartsWith('#'))
            {
                foreach (var word in line.Split(' ').Where(word => word.Contains('=')))
                {
                    _settings[word[..word.IndexOf('=')]] = Value(word);
                }

                Scheme = line.StartsWith("# bankswitch=", StringComparison.Ordinal)
                    ? line.Split('=', '>')[^1].Trim()
                    : Scheme;
            }
            else if (char.IsAsciiDigit(line[0]))
            {
                rows.Add(Row.Parse(line.Split(',')));
            }
        }

        States = states;
        Rows = rows;
    }

    /// <summary>Bank switching as ALE detected it.</summary>
    public string Scheme { get; } = "";

    public string Md5 => _settings["md5"];

    /// <summary>
    /// After loading the cartridge, and after each further reset: the console before the first frame.
    /// </summary>
    public IReadOnlyList<State> States { get; }

    public IReadOnlyList<Row> Rows { get; }

    /// <summary>The properties that the head states.</summary>
    public ReferenceOptions Options => new()
    {
        LeftPaddles = _settings["left"] == "PADDLES",
        RightPaddles = _settings["right"] == "PADDLES",
        SwapPaddles = _settings["swap_paddles"] == "YES",
        YStart = int.Parse(_settings["ystart"], CultureInfo.InvariantCulture),
        Height = _settings is { } s && s["format"] == "PAL" && s["height"] == "250"
            ? 210
            : int.Parse(_settings["height"], CultureInfo.InvariantCulture),
    };

    public static ReferenceTrace Load(string file) => new(file);

    /// <summary>The files of a folder by the MD5 of their content.</summary>
    public static IReadOnlyDictionary<string, string> FilesByMd5(string folder) => Directory.EnumerateFiles(folder)
        .GroupBy(file => Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(file))))
        .ToDictionary(same => same.Key, same => same.First());

    private static string Value(string word) => word[(word.IndexOf('=') + 1)..];

    /// <summary>The console before the first frame.</summary>
    public sealed record State(string Name, string ScreenHash, string Ram);

    /// <summary>One frame.</summary>
    public sealed record Row(
        int Frame, int Action, bool Terminal, uint Scanlines, uint Cycles, string ScreenHash, string Ram)
    {
        public static Row Parse(string[] cells) => new(
            int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture),
            cells[3] == "1", uint.Parse(cells[5], CultureInfo.InvariantCulture),
            uint.Parse(cells[6], CultureInfo.InvariantCulture), cells[7], cells[8]);
    }
}

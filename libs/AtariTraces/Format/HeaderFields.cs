using System.Globalization;

namespace DqnAspire.AtariTraces.Format;

/// <summary>The fields <c>name=value</c> of a header.</summary>
internal sealed class HeaderFields(LineReader lines)
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Takes the fields of a line; other words are passed over.</summary>
    public void Add(string text)
    {
        foreach (var word in text.Split(' '))
        {
            var equals = word.IndexOf('=');
            if (equals > 0)
            {
                _values[word[..equals]] = word[(equals + 1)..];
            }
        }
    }

    public void Set(string name, string value) => _values[name] = value;

    /// <exception cref="TraceFormatException">There is no such field.</exception>
    public string Text(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw lines.Error($"the header has no '{name}='");

    /// <exception cref="TraceFormatException">There is no such field, or it is not a number from 0 to
    /// 2^32 - 1.</exception>
    public uint Seed(string name) =>
        uint.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw NoNumber(name);

    /// <exception cref="TraceFormatException">There is no such field, or it is not a number from 0 to
    /// 2^31 - 1.</exception>
    public int Count(string name) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw NoNumber(name);

    private TraceFormatException NoNumber(string name) => lines.Error($"{name}={Text(name)} is not a number");
}

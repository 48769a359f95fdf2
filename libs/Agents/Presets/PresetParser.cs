using System.Text;
using System.Text.Json;

namespace DqnAspire.Agents.Presets;

/// <summary>Reads a preset's JSON token by token, because messages name the line of a wrong value.</summary>
internal ref struct PresetParser
{
    private readonly PresetFile _file;
    private readonly ReadOnlySpan<byte> _content;
    private Utf8JsonReader _reader;

    public PresetParser(PresetFile file, ReadOnlySpan<byte> content)
    {
        _file = file;
        _content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        _reader = new Utf8JsonReader(
            _content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    /// <summary>1-based line of the current token.</summary>
    private readonly int Line => _content[..(int)_reader.TokenStartIndex].Count((byte)'\n') + 1;

    /// <summary>Reads everything.</summary>
    /// <param name="entries">Receives the settings.</param>
    public void Read(List<PresetEntry> entries)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw _file.Failure(Line, "a preset is a JSON object.");
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                ReadSection(name, entries);
            }
            else
            {
                _file.SetHeading(Value(name));
            }
        }
    }

    private void ReadSection(string section, List<PresetEntry> entries)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = $"{section}:{_reader.GetString()}";
            _reader.Read();
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                ReadSection(name, entries);
            }
            else
            {
                entries.Add(Value(name));
            }
        }
    }

    private readonly PresetEntry Value(string name) => _reader.TokenType switch
    {
        JsonTokenType.String => new PresetEntry(name, _reader.GetString()!, JsonTokenType.String, Line),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False =>
            new PresetEntry(name, Encoding.UTF8.GetString(_reader.ValueSpan), _reader.TokenType, Line),
        _ => throw _file.Failure(Line, $"'{name}' has to be a number, a text, true or false."),
    };
}

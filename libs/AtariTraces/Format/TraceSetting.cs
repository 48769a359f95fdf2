namespace DqnAspire.AtariTraces.Format;

/// <summary>A property of a cartridge that is overridden.</summary>
/// <param name="Key">The property, by the name that <see cref="TraceSettings"/> knows.</param>
/// <param name="Value">Its value.</param>
public sealed record TraceSetting(string Key, string Value)
{
    /// <summary>Reads <c>KEY=VALUE</c>.</summary>
    /// <exception cref="TraceFormatException">There is no equals sign, or nothing before it.</exception>
    public static TraceSetting Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=');
        return equals > 0
            ? new TraceSetting(text[..equals], text[(equals + 1)..])
            : throw new TraceFormatException($"'{text}' is not of the form KEY=VALUE.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key}={Value}";
}

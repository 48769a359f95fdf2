namespace DqnAspire.AtariTraces.Format;

/// <summary>Lines of a file, and where an error is in it.</summary>
internal sealed class LineReader(TextReader reader, string name)
{
    private int _number;

    /// <summary>The next line; null at the end.</summary>
    public string? Next()
    {
        _number++;
        return reader.ReadLine();
    }

    /// <summary>An error at the line that was read last.</summary>
    public TraceFormatException Error(string problem) => new($"{name}, line {_number}: {problem}.");
}

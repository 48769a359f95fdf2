namespace DqnAspire.Cli.Output;

/// <summary>A line in the terminal that says how far something is, and is gone at the end; nothing elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output) : IDisposable
{
    private readonly bool _isShown = IsTerminal(output);
    private int _length;

    /// <summary>Whether a command's output goes to a terminal.</summary>
    public static bool IsTerminal(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Replaces the line.</summary>
    public void Show(string text)
    {
        if (_isShown)
        {
            output.Write("\r" + text.PadRight(_length));
            _length = text.Length;
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_length > 0)
        {
            output.Write("\r" + new string(' ', _length) + "\r");
            _length = 0;
        }
    }
}

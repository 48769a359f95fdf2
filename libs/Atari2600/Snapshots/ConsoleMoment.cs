namespace DqnAspire.Atari2600.Snapshots;

/// <summary>
/// A console's state between two frames, without its pictures, to which the same console can go back: much smaller and
/// quicker than a <see cref="ConsoleSnapshot"/>, and made again and again in the same memory.
/// </summary>
public sealed class ConsoleMoment
{
    private byte[] _state = [];
    private AtariConsole? _console;

    internal void Take(AtariConsole console, ReadOnlySpan<byte> state)
    {
        if (_state.Length != state.Length)
        {
            _state = new byte[state.Length];
        }

        state.CopyTo(_state);
        _console = console;
    }

    internal void Give(AtariConsole console, Span<byte> state)
    {
        if (!ReferenceEquals(console, _console))
        {
            throw new SnapshotException("The moment is not one of this console.");
        }

        _state.CopyTo(state);
    }
}

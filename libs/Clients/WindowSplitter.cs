namespace DqnAspire.Clients;

/// <summary>Makes states and next states of windows: of k+1 observations in a row the first k and the last k. Its buffers are used again.</summary>
/// <param name="batchSize">Most windows.</param>
/// <param name="stack">Observations in a state, k.</param>
/// <param name="observationBytes">Bytes of an observation.</param>
internal sealed class WindowSplitter(int batchSize, int stack, int observationBytes)
{
    private readonly byte[] _states = new byte[checked(batchSize * stack * observationBytes)];
    private readonly byte[] _nextStates = new byte[batchSize * stack * observationBytes];

    /// <summary>Splits windows.</summary>
    /// <param name="windows">[N, k+1, observation].</param>
    /// <returns>[N, k, observation] each, until the next call.</returns>
    public (ReadOnlyMemory<byte> States, ReadOnlyMemory<byte> NextStates) Split(ReadOnlySpan<byte> windows)
    {
        var stateBytes = stack * observationBytes;
        var windowBytes = stateBytes + observationBytes;
        var count = windows.Length / windowBytes;
        for (var i = 0; i < count; i++)
        {
            var window = windows.Slice(i * windowBytes, windowBytes);
            window[..stateBytes].CopyTo(_states.AsSpan(i * stateBytes));
            window[observationBytes..].CopyTo(_nextStates.AsSpan(i * stateBytes));
        }

        return (_states.AsMemory(0, count * stateBytes), _nextStates.AsMemory(0, count * stateBytes));
    }
}

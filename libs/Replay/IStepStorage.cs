namespace DqnAspire.Replay;

/// <summary>
/// Where a table's observations lie: a ring of slots, an observation each. The table decides which slot holds what; an
/// engine decides where the bytes are.
/// </summary>
public interface IStepStorage
{
    /// <summary>Number of slots.</summary>
    int Slots { get; }

    /// <summary>Bytes of memory in use now.</summary>
    long MemoryBytes { get; }

    /// <summary>Overwrites a slot.</summary>
    void Write(int slot, ReadOnlySpan<byte> observation);

    /// <summary>Copies a slot's observation.</summary>
    void Read(int slot, Span<byte> observation);
}

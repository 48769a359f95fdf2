using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// Changed priorities as Redis has them: a ring of entries of 8 bytes, the low half a single, the high half the
/// transition's number plus one, cut to 32 bits; 0 where none was changed.
/// </summary>
/// <param name="spec">The table.</param>
internal sealed class PriorityMirror(TableSpec spec)
{
    /// <summary>Bytes of an entry.</summary>
    public const int EntryBytes = sizeof(long);

    // Offset within its key, and the entry.
    private const int ChangeBytes = sizeof(uint) + EntryBytes;

    // Allocated with the first use: what a table may take is checked before.
    private long[]? _made;

    private long[] Entries => _made ??= new long[RedisKeys.PriorityKeys(spec) > 0 ? spec.Capacity : 0];

    /// <summary>The priority that a transition was given; null when none.</summary>
    public float? this[long step]
    {
        get
        {
            if (Entries.Length == 0)
            {
                return null;
            }

            var entry = Entries[step % Entries.Length];
            return (int)(entry >> 32) == Tag(step) ? BitConverter.Int32BitsToSingle((int)entry) : null;
        }
    }

    /// <summary>A copy that stays as it is now.</summary>
    public PriorityMirror Copy()
    {
        var copy = new PriorityMirror(spec);
        Entries.CopyTo(copy.Entries, 0);
        return copy;
    }

    /// <summary>Takes in what a key holds.</summary>
    public void Load(int key, ReadOnlySpan<byte> bytes)
    {
        var start = key * RedisKeys.PrioritiesPerKey;
        var entries = MemoryMarshal.Cast<byte, long>(bytes);
        entries[..Math.Min(entries.Length, Entries.Length - start)].CopyTo(Entries.AsSpan(start));
    }

    /// <summary>Replaces all priorities by those of consecutive transitions.</summary>
    public void Replace(long firstStep, ReadOnlySpan<float> priorities)
    {
        Array.Clear(Entries);
        for (var i = 0; i < priorities.Length; i++)
        {
            Enter(firstStep + i, priorities[i]);
        }
    }

    /// <summary>What a key holds.</summary>
    public byte[] KeyBytes(int key)
    {
        var entries = Entries.AsSpan(key * RedisKeys.PrioritiesPerKey);
        return MemoryMarshal.AsBytes(entries[..Math.Min(entries.Length, RedisKeys.PrioritiesPerKey)]).ToArray();
    }

    /// <summary>Changes priorities.</summary>
    /// <returns>What has to be written: for each key the offsets and the entries.</returns>
    public Dictionary<int, byte[]> Set(ReadOnlySpan<long> steps, ReadOnlySpan<float> priorities)
    {
        var changes = new Dictionary<int, List<int>>();
        for (var i = 0; i < steps.Length; i++)
        {
            var place = Enter(steps[i], priorities[i]);
            var key = place / RedisKeys.PrioritiesPerKey;
            if (!changes.TryGetValue(key, out var places))
            {
                changes.Add(key, places = []);
            }

            places.Add(place);
        }

        return changes.ToDictionary(c => c.Key, c => Pack(c.Key, c.Value));
    }

    private int Enter(long step, float priority)
    {
        var place = (int)(step % Entries.Length);
        Entries[place] = ((long)Tag(step) << 32) | (uint)BitConverter.SingleToInt32Bits(priority);
        return place;
    }

    // 0 is the tag of no transition.
    private static int Tag(long step) => unchecked((int)(step + 1));

    private byte[] Pack(int key, List<int> places)
    {
        var bytes = new byte[places.Count * ChangeBytes];
        for (var i = 0; i < places.Count; i++)
        {
            var change = bytes.AsSpan(i * ChangeBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(
                change, (uint)((places[i] - (key * RedisKeys.PrioritiesPerKey)) * EntryBytes));
            BinaryPrimitives.WriteInt64LittleEndian(change[sizeof(uint)..], Entries[places[i]]);
        }

        return bytes;
    }
}

using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

/// <summary>
/// A table at one moment: everything that its records do not hold, and the number of records. Records never change, so
/// a table that still has them can be rewound to the mark.
/// </summary>
public sealed partial record TableMark
{
    /// <summary>Maximum length of a name.</summary>
    public const int MaxNameLength = 100;

    private const int Version = 1;

    internal TableMark()
    {
    }

    /// <summary>Records received.</summary>
    public required long Records { get; init; }

    /// <summary>Transitions received.</summary>
    public required long Steps { get; init; }

    /// <summary>Number of the oldest transition that could be sampled.</summary>
    public required long OldestStep { get; init; }

    /// <summary>Episodes begun.</summary>
    public required long Episodes { get; init; }

    /// <summary>Transitions that were sampled.</summary>
    public required long Sampled { get; init; }

    /// <summary>Transitions that could be sampled.</summary>
    public int Size => (int)(Steps - OldestStep);

    /// <summary>How sampling and appending were tied together.</summary>
    public required RateLimits Limits { get; init; }

    /// <summary>Samples earned by appending and not yet used.</summary>
    public required double Balance { get; init; }

    /// <summary>Oldest record that the transitions or their stacks need.</summary>
    internal long FirstRecord { get; init; }

    /// <summary>The highest priority so far.</summary>
    internal float MaxPriority { get; init; }

    /// <summary>Where each lane's episode stood.</summary>
    internal LaneState[] Lanes { get; init; } = [];

    /// <summary>Priorities of the transitions, oldest first; empty in a table that keeps none.</summary>
    internal float[] Priorities { get; init; } = [];

    // A checksum tells accidents, not intent; what is used as an index or a length is within its bounds.
    private bool IsConsistent => FirstRecord >= 0 && Records >= FirstRecord && Sampled >= 0 && Episodes >= 0
        && OldestStep >= 0 && Steps - OldestStep is >= 0 and <= TableSpec.CapacityLimit
        && (Priorities.Length == 0 || Priorities.Length == Steps - OldestStep)
        && Array.TrueForAll(Lanes, lane => lane.Head < Records);

    /// <summary>
    /// Whether a mark can have a name: letters, digits, '-', '_' and '.', at most <see cref="MaxNameLength"/>.
    /// </summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>The bytes that stores keep.</summary>
    internal byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Version);
            writer.Write(Records);
            writer.Write(Steps);
            writer.Write(OldestStep);
            writer.Write(Episodes);
            writer.Write(Sampled);
            writer.Write(Limits.MinSize);
            writer.Write(Limits.SamplesPerInsert);
            writer.Write(Limits.ErrorBuffer);
            writer.Write(Balance);
            writer.Write(FirstRecord);
            writer.Write(MaxPriority);
            writer.Write(Lanes.Length);
            foreach (var lane in Lanes)
            {
                writer.Write(lane.Head);
                writer.Write(lane.Episode);
                writer.Write(lane.Step);
            }

            writer.Write(Priorities.Length);
            writer.Write(MemoryMarshal.AsBytes(Priorities.AsSpan()));
        }

        return Sealed.Seal(stream.ToArray());
    }

    /// <summary>Reads the bytes that <see cref="ToBytes"/> gave.</summary>
    /// <exception cref="ReplayStoreException">The bytes are damaged, or of another version.</exception>
    internal static TableMark FromBytes(string name, byte[] bytes)
    {
        if (!Sealed.TryOpen(bytes, out var contents))
        {
            throw Damaged(name, $"its checksum is not that of its {bytes.Length:N0} bytes");
        }

        try
        {
            var mark = Read(name, contents);
            return mark.IsConsistent ? mark : throw Damaged(name, "its numbers do not agree");
        }
        catch (Exception e) when (
            e is EndOfStreamException or ArgumentException or OverflowException or InvalidDataException)
        {
            throw Damaged(name, e.Message);
        }
    }

    private static ReplayStoreException Damaged(string name, string why) =>
        new($"Mark '{name}' is damaged: {why}.", StoreProblem.Damaged);

    private static TableMark Read(string name, Stream contents)
    {
        using var reader = new BinaryReader(contents);
        var version = reader.ReadInt32();
        if (version != Version)
        {
            throw new ReplayStoreException(
                $"Mark '{name}' is of version {version}; this program reads version {Version}.",
                StoreProblem.Damaged);
        }

        return new TableMark
        {
            Records = reader.ReadInt64(),
            Steps = reader.ReadInt64(),
            OldestStep = reader.ReadInt64(),
            Episodes = reader.ReadInt64(),
            Sampled = reader.ReadInt64(),
            Limits = new RateLimits(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble()),
            Balance = reader.ReadDouble(),
            FirstRecord = reader.ReadInt64(),
            MaxPriority = reader.ReadSingle(),
            Lanes = ReadLanes(reader),
            Priorities = MemoryMarshal.Cast<byte, float>(
                reader.ReadBytes(checked(reader.ReadInt32() * sizeof(float)))).ToArray(),
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,100}\z")]
    private static partial Regex NamePattern();

    private static LaneState[] ReadLanes(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > TableSpec.MaxLanes)
        {
            throw new InvalidDataException($"{count} is not a number of lanes");
        }

        var lanes = new LaneState[count];
        for (var i = 0; i < lanes.Length; i++)
        {
            lanes[i] = new LaneState(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
        }

        return lanes;
    }
}

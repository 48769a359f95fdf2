using System.Runtime.InteropServices;
using DqnAspire.Core;

namespace DqnAspire.Replay;

/// <summary>
/// Everything about a record but its observation, as stores keep it: enough to rebuild a table. The layout is part of
/// the file engine's format.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Bytes)]
public struct StoredRecord
{
    /// <summary>Size of a record in memory and in files.</summary>
    public const int Bytes = 48;

    /// <summary>
    /// Number of the transition that ends with this record; -1 when there is none (an episode's first record).
    /// </summary>
    public long Step;

    /// <summary>Number of the episode among all of the table's.</summary>
    public long Episode;

    /// <summary>Steps of the episode so far: 0 for its first record.</summary>
    public int EpisodeStep;

    /// <summary>Records since the previous one of the same episode; 0 for its first record.</summary>
    public int Back;

    /// <summary>The action taken; -1 for an episode's first record.</summary>
    public int Action;

    /// <summary>The action's reward.</summary>
    public float Reward;

    /// <summary>Priority of the transition when it arrived.</summary>
    public float Priority;

    /// <summary>CRC-32C of the observation as the store keeps it; 0 in stores that do not check.</summary>
    public uint Checksum;

    /// <summary>The lane.</summary>
    public short Lane;

    /// <summary>Whether the record begins an episode, and how its step ended.</summary>
    public StepFlags Flags;
}

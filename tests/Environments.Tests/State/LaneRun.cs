using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DqnAspire.Environments.Tests.State;

/// <summary>
/// Plays lanes by a rule that knows nothing but the number of the step, and writes down all there is to see.
/// </summary>
internal static class LaneRun
{
    private const int Rarely = 13;

    /// <summary>Takes one step, after resetting lanes that wait for it.</summary>
    /// <returns>A digest of everything that the lanes show.</returns>
    public static string Step(EnvironmentLanes lanes, int step)
    {
        var actions = new int[lanes.Count];
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var number = new Random((step * 31) + lane).Next();
            if (lanes.IsWaitingForReset(lane))
            {
                lanes.Reset(lane, number % 2 == 0 ? null : (ulong)number);
            }

            actions[lane] = number % Rarely == 0 ? EnvironmentLanes.Idle : number % lanes.ActionSpace.Count;
        }

        lanes.Step(actions);
        return Look(lanes);
    }

    /// <summary>A digest of everything that the lanes show.</summary>
    public static string Look(EnvironmentLanes lanes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(lanes.Observations.Span);
        hash.AppendData(lanes.ResetObservations.Span);
        hash.AppendData(MemoryMarshal.AsBytes(lanes.Rewards));
        hash.AppendData(MemoryMarshal.AsBytes(lanes.LearningRewards));
        hash.AppendData(MemoryMarshal.AsBytes(lanes.Lives));
        hash.AppendData(MemoryMarshal.AsBytes(lanes.LivesLost));
        hash.AppendData(MemoryMarshal.AsBytes(lanes.Flags));
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            hash.AppendData(lanes.CurrentObservation(lane));
            hash.AppendData([lanes.IsWaitingForReset(lane) ? (byte)1 : (byte)0]);
            if (lanes.Display(lane) is { } display)
            {
                var screen = new byte[display.ScreenHeight * display.ScreenWidth * 3];
                display.ReadRgb(screen);
                hash.AppendData(screen);
            }
        }

        return $"{Convert.ToHexString(hash.GetHashAndReset())} {string.Join("; ", lanes.Episodes.ToArray())}";
    }
}

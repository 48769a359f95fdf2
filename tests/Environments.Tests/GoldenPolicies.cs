namespace DqnAspire.Environments.Tests;

/// <summary>The linear congruential generator that the recorded "lcg" policies draw actions from.</summary>
internal sealed class LcgPolicy(uint seed)
{
    private uint _x = seed;

    public int Next(int actions)
    {
        _x = unchecked((_x * 1664525u) + 1013904223u);
        return (int)((_x >> 16) % (uint)actions);
    }
}

/// <summary>Whether results may be asked for to the last bit here.</summary>
internal static class Platform
{
    /// <summary>
    /// The recordings were made with glibc on x86-64; other C libraries round sin and cos differently.
    /// </summary>
    public static bool HasTheRecordingsMathLibrary { get; } =
        OperatingSystem.IsLinux()
        && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            == System.Runtime.InteropServices.Architecture.X64
        && !System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.Contains(
            "musl", StringComparison.Ordinal);
}

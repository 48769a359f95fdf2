using System.Globalization;
using System.Text.Json;

namespace DqnAspire.Benchmarks.Network;

/// <summary>The same figures with PyTorch.</summary>
internal static class PyTorchPeer
{
    /// <summary>Microseconds by name; null, with a line that says so, when PyTorch is not installed.</summary>
    /// <exception cref="BenchmarkException">It is installed but did not work.</exception>
    public static async Task<IReadOnlyDictionary<string, double>?> MeasureAsync(
        int threads, double scale, CancellationToken cancellationToken)
    {
        string[] arguments =
            [threads.ToString(CultureInfo.InvariantCulture), scale.ToString(CultureInfo.InvariantCulture)];
        var output = await PythonScript
            .RunAsync("torch", "python3-torch, with libopenblas0-pthread", "network_peer.py", arguments,
                cancellationToken)
            .ConfigureAwait(false);
        return output is null ? null : JsonSerializer.Deserialize<Dictionary<string, double>>(output);
    }
}

using BenchmarkDotNet.Attributes;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks;

namespace DqnAspire.Benchmarks.Micro;

/// <summary>The kernels at work: the values of the network of "Nature" (2015) for a batch of observations.</summary>
public class NetworkBenchmarks
{
    private const int PictureSize = 4 * 84 * 84;
    private const int Actions = 6;

    private readonly ManagedBackend _backend = new(threads: 1);
    private IQNetwork _network = null!;
    private byte[] _pictures = [];
    private float[] _values = [];

    /// <summary>Observations in the batch.</summary>
    [Params(1, 8, 32)]
    public int Batch { get; set; }

    /// <summary>Makes the network and observations of noise.</summary>
    [GlobalSetup]
    public void Create()
    {
        _network = _backend.Create(NetworkPresets.Nature(new HeadDefinition(Actions)), training: null, seed: 1);
        _pictures = new byte[Batch * PictureSize];
        new Random(1).NextBytes(_pictures);
        _values = new float[Batch * Actions];
    }

    /// <summary>The values of the batch, on one thread.</summary>
    [Benchmark]
    public void Forward() => _network.Forward(new Observations(_pictures, Batch), _values);

    /// <summary>Ends the backend's threads.</summary>
    [GlobalCleanup]
    public void Close() => _backend.Dispose();
}

using BenchmarkDotNet.Attributes;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Presets;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.Benchmarks.Micro;

/// <summary>The kernels at work: the values of the network of "Nature" (2015) for a batch of observations.</summary>
public class NetworkBenchmarks
{
    private const int PictureSize = 4 * 84 * 84;
    private const int Actions = 6;

    private readonly WorkerPool _pool = new(1);
    private QNetwork _network = null!;
    private byte[] _pictures = [];
    private float[] _values = [];

    /// <summary>Observations in the batch.</summary>
    [Params(1, 8, 32)]
    public int Batch { get; set; }

    /// <summary>Makes the network and observations of noise.</summary>
    [GlobalSetup]
    public void Create()
    {
        _network = new QNetwork(NetworkPresets.Nature(new HeadDefinition(Actions)), training: null, seed: 1, _pool);
        _pictures = new byte[Batch * PictureSize];
        new Random(1).NextBytes(_pictures);
        _values = new float[Batch * Actions];
    }

    /// <summary>The values of the batch, on one thread.</summary>
    [Benchmark]
    public void Forward() => _network.Forward(new Observations(_pictures, Batch), _values);

    /// <summary>Ends the pool's threads.</summary>
    [GlobalCleanup]
    public void Close() => _pool.Dispose();
}

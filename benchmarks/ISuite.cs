namespace DqnAspire.Benchmarks;

/// <summary>A group of figures that are measured together.</summary>
public interface ISuite
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <param name="withPeer">Also measure the peer, where it is installed.</param>
    /// <param name="scale">1 for figures to quote; less for a quick look.</param>
    Task<IReadOnlyList<BenchmarkResult>> RunAsync(bool withPeer, double scale);
}

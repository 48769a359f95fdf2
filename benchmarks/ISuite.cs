namespace DqnAspire.Benchmarks;

/// <summary>A group of figures that are measured together.</summary>
public interface ISuite
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <param name="withPeer">Also measure the peer, where it is installed.</param>
    /// <param name="scale">1 for figures to quote; less for a quick look.</param>
    /// <param name="cancellationToken">Gives up; the processes that the suite started are ended.</param>
    /// <exception cref="BenchmarkException">Something that the suite needs did not start or went away.</exception>
    Task<IReadOnlyList<BenchmarkResult>> RunAsync(bool withPeer, double scale, CancellationToken cancellationToken);
}

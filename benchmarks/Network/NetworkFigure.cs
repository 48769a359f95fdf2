using DqnAspire.Core.Networks;

namespace DqnAspire.Benchmarks.Network;

/// <summary>Something that is timed.</summary>
/// <param name="Name">Its name, without the number of threads.</param>
/// <param name="Calls">Calls in all rounds together, for figures to quote.</param>
/// <param name="MultiplyAdds">Multiply-adds of one call's products, elementwise work not counted.</param>
/// <param name="Prepare">Makes what is called, with a backend.</param>
internal sealed record NetworkFigure(
    string Name, int Calls, double MultiplyAdds, Func<INetworkBackend, Action> Prepare);

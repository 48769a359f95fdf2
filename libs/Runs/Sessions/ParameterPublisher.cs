using DqnAspire.Runs.Parameters;

namespace DqnAspire.Runs.Sessions;

/// <summary>Publishes a run's parameters to those who read or follow them.</summary>
/// <param name="store">Holds the newest and the best.</param>
internal sealed class ParameterPublisher(ParameterStore store) : SessionObserver
{
    /// <inheritdoc/>
    public override void OnParameters(PublishedParameters parameters, bool best) => store.Publish(parameters, best);
}

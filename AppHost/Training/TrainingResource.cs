namespace DqnAspire.AppHost.Training;

/// <summary>
/// The run in the dashboard: parent of the services that work on it. Its state is the run's phase, its properties are
/// the run's numbers.
/// </summary>
/// <param name="name">Name of the resource.</param>
internal sealed class TrainingResource(string name) : Resource(name)
{
    /// <summary>The learner's gRPC endpoint; set when the model is complete.</summary>
    public EndpointReference? Learner { get; set; }

    /// <summary>The evaluator's gRPC endpoint; set when the model is complete.</summary>
    public EndpointReference? Eval { get; set; }
}

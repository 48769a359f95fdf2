namespace DqnAspire.LearnerService;

/// <summary>One version of a run's parameters.</summary>
/// <param name="Version">Increases by one with each set that the run publishes.</param>
/// <param name="Steps">Agent steps taken when it was published.</param>
/// <param name="Architecture">What the tensors are for.</param>
/// <param name="File">A safetensors file.</param>
public sealed record PublishedParameters(long Version, long Steps, string Architecture, ReadOnlyMemory<byte> File);

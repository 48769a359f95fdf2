using DqnAspire.Agents.Policies;

namespace DqnAspire.Runs.Parameters;

/// <summary>One version of a run's parameters, serialised once: files and streams share its bytes.</summary>
/// <param name="Version">
/// Increases by one with each set that the run publishes; 0 for a set that is only written to a file.
/// </param>
/// <param name="Steps">Agent steps taken when it was published.</param>
/// <param name="Architecture">What the tensors are for, for example "dense 4-32-32-2".</param>
/// <param name="File">A safetensors file.</param>
public sealed record PublishedParameters(long Version, long Steps, string Architecture, ReadOnlyMemory<byte> File)
{
    /// <summary>Serialises a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="steps">Agent steps taken.</param>
    public static PublishedParameters Of(IPolicy policy, long steps)
    {
        var file = new MemoryStream();
        policy.Save(file);
        return new PublishedParameters(0, steps, policy.Architecture, file.GetBuffer().AsMemory(0, (int)file.Length));
    }
}

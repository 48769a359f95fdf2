namespace DqnAspire.Contracts;

/// <summary>
/// The response header by which ReplayService says that it did not open a sampler. The status comes with the end of the
/// call, which a client may see later than the headers.
/// </summary>
public static class SamplerHeader
{
    /// <summary>Name of the header.</summary>
    public const string Name = "dqn-sampler";

    /// <summary>Its value.</summary>
    public const string Refused = "refused";
}

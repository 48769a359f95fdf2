namespace DqnAspire.Contracts;

/// <summary>The response header by which ReplayService says that a sampler is open.</summary>
public static class SamplerHeader
{
    /// <summary>Name of the header.</summary>
    public const string Name = "dqn-sampler";

    /// <summary>Its value.</summary>
    public const string Open = "open";
}

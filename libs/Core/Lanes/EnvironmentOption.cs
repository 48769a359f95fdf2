namespace DqnAspire.Core.Lanes;

/// <summary>A named setting of an environment. Values are text, as command lines and messages carry them.</summary>
/// <param name="Name">The name, in Gymnasium's spelling where Gymnasium has it.</param>
/// <param name="DefaultValue">The value when none is given.</param>
/// <param name="Description">What it does and which values it takes, on one line.</param>
public sealed record EnvironmentOption(string Name, string DefaultValue, string Description);

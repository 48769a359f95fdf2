namespace DqnAspire.Agents.Algorithms;

/// <summary>
/// The entry point of an assembly with algorithms: one public class with a parameterless constructor implements it.
/// Embedded resources of that assembly whose names end in <c>.preset.json</c> become presets.
/// </summary>
public interface IAlgorithmPlugin
{
    /// <summary>The assembly's algorithms.</summary>
    IReadOnlyList<AlgorithmDescription> Algorithms { get; }
}

namespace DqnAspire.Agents.Algorithms;

/// <summary>
/// Says which algorithms an assembly brings. A plugin has one public class of this kind, or several, each with a
/// constructor without parameters. Embedded resources of the assembly whose names end in <c>.preset.json</c> become
/// presets.
/// </summary>
public interface IAlgorithmProvider
{
    /// <summary>The algorithms.</summary>
    IEnumerable<AlgorithmDescription> Algorithms { get; }
}

namespace DqnAspire.Environments;

/// <summary>The environments that can be made by id.</summary>
public sealed class EnvironmentRegistry
{
    private readonly Dictionary<string, EnvironmentDefinition> _definitions = new(StringComparer.Ordinal);

    /// <summary>A registry of the given environments.</summary>
    /// <param name="definitions">The environments, in the order they are to be listed.</param>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public EnvironmentRegistry(params IEnumerable<EnvironmentDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        Definitions = [.. definitions];
        foreach (var definition in Definitions)
        {
            if (!_definitions.TryAdd(definition.Id, definition))
            {
                throw new ArgumentException($"Two environments have the id '{definition.Id}'.", nameof(definitions));
            }
        }
    }

    /// <summary>The environments, in listing order.</summary>
    public IReadOnlyList<EnvironmentDefinition> Definitions { get; }

    /// <summary>The environment with an id.</summary>
    /// <param name="id">The id, with capitals as written.</param>
    /// <returns>Its definition.</returns>
    /// <exception cref="UnknownEnvironmentException">No environment has the id.</exception>
    public EnvironmentDefinition Get(string id) =>
        Find(id) ?? throw new UnknownEnvironmentException(id, [.. Definitions.Select(known => known.Id)]);

    /// <summary>The environment with an id, if there is one.</summary>
    /// <param name="id">The id, with capitals as written.</param>
    /// <returns>Its definition; null when no environment has the id.</returns>
    public EnvironmentDefinition? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _definitions.GetValueOrDefault(id);
    }

    /// <summary>Makes a copy of the environment with an id.</summary>
    /// <param name="id">The id, with capitals as written.</param>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <returns>A copy that waits for its first reset.</returns>
    /// <exception cref="UnknownEnvironmentException">No environment has the id.</exception>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    public IEnvironment Create(string id, IEnumerable<KeyValuePair<string, string>>? options = null) =>
        Get(id).Create(options);
}

using System.Text.RegularExpressions;
using DqnAspire.Replay;
using Microsoft.Extensions.Options;

namespace DqnAspire.ReplayService;

/// <summary>The tables by name.</summary>
public sealed partial class TableRegistry(IOptions<ReplayOptions> options, ReplayMetrics metrics)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedTable> _tables = [];

    /// <summary>All tables, by name.</summary>
    public IReadOnlyList<SharedTable> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _tables.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Makes a table.</summary>
    /// <exception cref="TableExistsException">The name is taken.</exception>
    /// <exception cref="TableTooLargeException">It could come to take more memory than is allowed.</exception>
    public void Create(string name, int[] shape, ElementKind element, int capacity)
    {
        var observationBytes = shape.Aggregate(element.Bytes(), (product, axis) => checked(product * axis));
        var spec = new TableSpec(observationBytes, capacity);
        lock (_lock)
        {
            if (_tables.ContainsKey(name))
            {
                throw new TableExistsException(name);
            }

            var wanted = SharedTable.MostBytes(spec);
            var promised = _tables.Values.Sum(t => SharedTable.MostBytes(t.Spec));
            if (wanted > options.Value.MaxObservationBytes - promised)
            {
                throw new TableTooLargeException(name, wanted, promised, options.Value.MaxObservationBytes);
            }

            _tables.Add(name, new SharedTable(name, shape, element, spec, metrics));
        }
    }

    /// <summary>The table with a name; null when there is none.</summary>
    public SharedTable? Find(string name)
    {
        lock (_lock)
        {
            return _tables.GetValueOrDefault(name);
        }
    }

    /// <summary>Removes a table and ends its streams.</summary>
    /// <returns>False when there is none.</returns>
    public bool Delete(string name)
    {
        SharedTable? table;
        lock (_lock)
        {
            if (!_tables.Remove(name, out table))
            {
                return false;
            }
        }

        table.Close();
        return true;
    }

    /// <summary>Whether a name can be a table's.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9_./-]{1,200}$")]
    private static partial Regex NamePattern();
}

using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Files by name and by the symbols that they define, dependencies included.</summary>
public class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _files = [];
    private readonly Dictionary<string, FileDescriptor> _symbols = [];

    private SymbolRegistry()
    {
    }

    /// <summary>Collects files and all that they depend on.</summary>
    /// <param name="fileDescriptors">The files.</param>
    /// <returns>The registry.</returns>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var registry = new SymbolRegistry();
        foreach (var file in fileDescriptors)
        {
            registry.Add(file);
        }

        return registry;
    }

    internal FileDescriptor? FileByName(string filename) => _files.GetValueOrDefault(filename);

    internal FileDescriptor? FileContainingSymbol(string symbol) => _symbols.GetValueOrDefault(symbol.TrimStart('.'));

    internal MessageDescriptor? Message(string name) =>
        FileContainingSymbol(name) is { } file ? Messages(file).FirstOrDefault(m => m.FullName == name.TrimStart('.')) : null;

    /// <summary>A file and what it depends on, each once, serialised.</summary>
    internal static IEnumerable<ByteString> WithDependencies(FileDescriptor file)
    {
        var seen = new HashSet<string>();
        var next = new Queue<FileDescriptor>([file]);
        while (next.TryDequeue(out var current))
        {
            if (!seen.Add(current.Name))
            {
                continue;
            }

            yield return current.SerializedData;
            foreach (var dependency in current.Dependencies)
            {
                next.Enqueue(dependency);
            }
        }
    }

    private static IEnumerable<MessageDescriptor> Messages(FileDescriptor file)
    {
        var next = new Queue<MessageDescriptor>(file.MessageTypes);
        while (next.TryDequeue(out var message))
        {
            yield return message;
            foreach (var nested in message.NestedTypes)
            {
                next.Enqueue(nested);
            }
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(dependency);
        }

        foreach (var type in file.EnumTypes)
        {
            _symbols[type.FullName] = file;
        }

        foreach (var message in Messages(file))
        {
            _symbols[message.FullName] = file;
            foreach (var type in message.EnumTypes)
            {
                _symbols[type.FullName] = file;
            }

            foreach (var field in message.Fields.InDeclarationOrder())
            {
                _symbols[field.FullName] = file;
            }
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }
    }
}

using Microsoft.Extensions.Logging;

namespace DqnAspire.AppHost.Hosting;

/// <summary>
/// The log of one start of the system: the lines of Aspire, the orchestrator and the services, in one file of the run's
/// folder. The terminal belongs to the run's progress.
/// </summary>
internal sealed class FileLoggerProvider : ILoggerProvider
{
    private readonly TextWriter _writer;

    private FileLoggerProvider(string path, TextWriter writer) => (Path, _writer) = (path, writer);

    /// <summary>Absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>Opens the file and appends to it.</summary>
    /// <param name="folder">The file's folder; created if it does not exist.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileLoggerProvider Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, "apphost.log");
        var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new FileLoggerProvider(path, TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true }));
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new FileLogger(categoryName, _writer);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}

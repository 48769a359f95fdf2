using System.Globalization;
using System.Security.Cryptography;
using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Session;

namespace DqnAspire.AppHost.Redis;

/// <summary>
/// A <c>redis-server</c> that this system starts: on loopback, with a new password each time, and an append-only file
/// in a folder that outlives the run. This process alone uses the folder while the system runs.
/// </summary>
internal sealed class LocalRedis : IDisposable
{
    private const string Program = "redis-server";

    /// <summary>Where a Redis that this system starts listens, before the port offset.</summary>
    public const int DefaultPort = 5105;

    /// <summary>Name of its folder in a runs folder, and the suffix of its name beside a run's own folder.</summary>
    public const string FolderName = "redis";

    private readonly FileStream _lock;

    private LocalRedis(string folder, int port, FileStream @lock)
    {
        Folder = folder;
        Port = port;
        _lock = @lock;
        Password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        ConfigurationFile = Path.Combine(folder, "redis.conf");
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},password={Password}");
        WriteConfiguration();
    }

    /// <summary>What to do when there is no such program.</summary>
    public static string MissingMessage =>
        $"--redis needs {Program} on the PATH or a running container engine, and there is neither: "
        + $"install it (Debian, Ubuntu: sudo apt install {Program}; Fedora: sudo dnf install redis; "
        + "macOS: brew install redis), or name a running one: --redis HOST:PORT.";

    /// <summary>Path of the program; null: it is not on the PATH.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? Program + ".exe" : Program))
        .FirstOrDefault(File.Exists);

    /// <summary>Absolute path of the folder of its data.</summary>
    public string Folder { get; }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Path of its settings file. It holds the password, so only the user may read it.</summary>
    public string ConfigurationFile { get; }

    /// <summary>Password that clients send; drawn for each start.</summary>
    public string Password { get; }

    /// <summary>Its address and password, as StackExchange.Redis takes them.</summary>
    public string ConnectionString { get; }

    /// <summary>Locks the folder and writes the settings; starts nothing.</summary>
    /// <param name="options">The ports.</param>
    /// <param name="plan">The run's folder.</param>
    /// <exception cref="IOException">Another system uses the folder, or it cannot be written.</exception>
    public static LocalRedis Prepare(AppHostOptions options, TrainingPlan plan)
    {
        // Beside a run's own folder, which has to be empty when the run begins.
        var folder = plan.HasOwnFolder
            ? $"{plan.Directory}.{FolderName}"
            : Path.Combine(plan.ExperienceDirectory, FolderName);
        Directory.CreateDirectory(folder);
        FileStream @lock;
        try
        {
            var path = Path.Combine(folder, "lock");
            @lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"{folder} is in use by another system; give this one its own folder with --run-dir. ({e.Message})",
                e);
        }

        return new LocalRedis(folder, DefaultPort + options.PortOffset, @lock);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private void WriteConfiguration()
    {
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A file that is there keeps its mode otherwise, and the password would be everybody's to read.
        File.Delete(ConfigurationFile);
        using var writer = new StreamWriter(ConfigurationFile, settings);
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            bind 127.0.0.1
            port {Port}
            requirepass {Password}
            dir "{Folder.Replace("\\", "\\\\", StringComparison.Ordinal)}"
            daemonize no
            save ""
            appendonly yes
            # Written to the operating system before it is acknowledged, so nothing is lost when the process is killed;
            # as with tables on disk, a loss of power is another matter (appendfsync always).
            appendfsync no
            maxmemory-policy noeviction

            """));
    }
}

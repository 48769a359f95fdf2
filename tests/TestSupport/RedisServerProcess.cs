using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DqnAspire.TestSupport;

/// <summary>
/// A real <c>redis-server</c> in its own folder on its own port. A test can kill it and start it again.
/// </summary>
public sealed class RedisServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-redis-").FullName;
    private readonly string[] _settings;
    private Process? _process;

    private RedisServerProcess(string[] settings)
    {
        _settings = settings;
    }

    /// <summary>
    /// Whether tests that need a server can run; those of a fixture ask before, as a fixture cannot skip them.
    /// </summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public int Port { get; private set; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server, or skips the test where there is none.</summary>
    /// <param name="settings">Further settings, as on its command line; <c>{port}</c> stands for its port.</param>
    public static async Task<RedisServerProcess> StartAsync(params string[] settings)
    {
        var server = new RedisServerProcess(settings);
        for (var attempt = 1; ; attempt++)
        {
            // Between finding a free port and using it another process may take it.
            server.Port = FreePort();
            try
            {
                await server.StartAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
            }
        }
    }

    /// <summary>Starts the server again, on the same port and folder.</summary>
    public async Task StartAsync()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("redis-server")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "--port", port, "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--enable-debug-command", "yes",
            .. _settings.Select(setting => setting.Replace("{port}", port, StringComparison.Ordinal)),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Directory.Delete(_folder, recursive: true);
            Assert.Skip("redis-server is not installed (Debian package redis-server).");
        }

        await UntilReadyAsync(_process).WaitAsync(StartLimit, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the server at once, as a power failure would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task UntilReadyAsync(Process process)
    {
        var output = new ConcurrentQueue<string?>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            output.Enqueue(line.Data);
            if (line.Data is null)
            {
                var message = $"redis-server ended: {string.Join('\n', output)}";
                ready.TrySetException(new InvalidOperationException(message));
            }
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

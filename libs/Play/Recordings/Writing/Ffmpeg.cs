using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace DqnAspire.Play.Recordings.Writing;

/// <summary>
/// A run of the program <c>ffmpeg</c>, which is fed by a pipe. Disposed before it has ended, it is stopped.
/// </summary>
internal sealed class Ffmpeg : IDisposable
{
    private const string Name = "ffmpeg";

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private bool _isDisposed;

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments besides those of every run.</param>
    /// <exception cref="RecordingException">It is not there; the message says what to install.</exception>
    public Ffmpeg(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Find() ?? throw Missing())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-hide_banner", "-loglevel", "error", "-y", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new RecordingException($"{Name} cannot be started: {e.Message}", e);
        }

        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                // Guards the text: lines come on a thread of their own.
                lock (_errors)
                {
                    _errors.Append(_errors.Length > 0 ? "; " : "").Append(text.Trim());
                }
            }
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Whether it is on the PATH.</summary>
    public static bool IsAvailable => Find() is not null;

    /// <summary>Feeds it.</summary>
    /// <exception cref="IOException">It has given up; the message says why.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _process.StandardInput.BaseStream.Write(bytes);
        }
        catch (IOException e)
        {
            _process.WaitForExit();
            throw Failed(e);
        }
    }

    /// <summary>Waits until it has done its work.</summary>
    /// <exception cref="IOException">It has failed; the message says why.</exception>
    public void Complete()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended before it had read everything; its exit code says whether that was wrong.
        }

        _process.WaitForExit();
        if (_process.ExitCode != 0)
        {
            throw Failed(null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>Says what to install.</summary>
    public static RecordingException Missing() => new(
        $"MP4 and WebM need the program {Name}, which is not on the PATH: install it "
        + $"(Debian: apt install {Name}; Windows: winget install {Name}; macOS: brew install {Name}), "
        + "or record a GIF, which needs nothing.");

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name))
        .FirstOrDefault(File.Exists);

    private IOException Failed(Exception? inner)
    {
        lock (_errors)
        {
            return new IOException(
                $"{Name} has failed: {(_errors.Length > 0 ? _errors.ToString() : $"exit code {_process.ExitCode}")}",
                inner);
        }
    }
}

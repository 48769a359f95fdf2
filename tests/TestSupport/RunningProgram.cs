using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace DqnAspire.TestSupport;

/// <summary>
/// A program of this repository as its user starts it: a process with arguments, output, signals and an exit code.
/// </summary>
public partial class RunningProgram : IAsyncDisposable
{
    private const int Sigint = 2;
    private const int Sigterm = 15;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    /// <summary>
    /// Texts that a test waits for; guarded by <see cref="_output"/>'s lock, as is the output itself.
    /// </summary>
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    /// <summary>Starts a program.</summary>
    /// <param name="assembly">Path of its assembly.</param>
    /// <param name="folder">Where the command is given.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Further environment variables.</param>
    public RunningProgram(
        string assembly,
        string folder,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        Folder = folder;
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        Process = new Process { StartInfo = start };
        Process.OutputDataReceived += (_, line) => Take(line.Data, _output);
        Process.ErrorDataReceived += (_, line) => Take(line.Data, _errors);
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    /// <summary>Where the command is given.</summary>
    public string Folder { get; }

    /// <summary>What the program has printed so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>The last line that it has printed.</summary>
    public string LastLine => Output.TrimEnd().Split('\n')[^1].TrimEnd();

    /// <summary>The process.</summary>
    protected Process Process { get; }

    /// <summary>
    /// Path of the assembly of a program in the repository, built in the configuration and for the framework of the
    /// test.
    /// </summary>
    /// <param name="project">The project's folder, from the repository's root.</param>
    /// <param name="assembly">Name of the assembly.</param>
    public static string AssemblyOf(string project, string assembly)
    {
        // tests/X.Tests/bin/CONFIGURATION/FRAMEWORK/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (own.Name, own.Parent!.Name);
        var root = own.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, project, "bin", configuration, framework, assembly);
    }

    /// <summary>Waits for the process to end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
        return Process.ExitCode;
    }

    /// <summary>Waits until a text has been printed.</summary>
    public async Task SeeAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        var exit = Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(seen.Task, exit).WaitAsync(Limit, TestContext.Current.CancellationToken);
        if (first == exit)
        {
            Assert.Contains(text, Output + Errors, StringComparison.Ordinal);
        }
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(Process.Id, Sigint));

    /// <summary>Asks the program to end, as a system that shuts down does.</summary>
    public void Terminate() => Assert.Equal(0, Kill(Process.Id, Sigterm));

    /// <summary>kill -9.</summary>
    public void Kill() => Process.Kill();

    /// <summary>Ends the process if it still runs.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(string? line, StringBuilder text)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.Append(line).Append('\n');
        }

        lock (_output)
        {
            foreach (var (awaited, seen) in _awaited)
            {
                if (line.Contains(awaited, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}

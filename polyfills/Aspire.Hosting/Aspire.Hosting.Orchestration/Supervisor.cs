using System.Collections.Concurrent;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Starts and stops processes on orders from the application host, and ends them all when the host goes away, for
/// whatever reason: the end of the order pipe is the signal, and the system closes that pipe even for a killed host.
/// </summary>
internal sealed class Supervisor(FrameChannel channel, ProcessPlatform platform)
{
    // After the host is gone nobody waits for a clean end any more, but a service may still want to close its files.
    private static readonly TimeSpan GraceAfterHostLoss = TimeSpan.FromSeconds(3);

    // Output of a finished process that is still held open by a descendant which left the process group.
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, ChildProcess> _children = new();

    /// <summary>Obeys until the host is gone, then ends everything.</summary>
    public void Run()
    {
        try
        {
            while (channel.Receive() is var (kind, body))
            {
                switch (kind)
                {
                    case FrameKind.Start:
                        Start(StartCommand.Read(body));
                        break;
                    case FrameKind.Stop:
                        Stop(StopCommand.Read(body));
                        break;
                    default:
                        throw new InvalidDataException($"The host sent a frame of kind {kind}.");
                }
            }
        }
        finally
        {
            EndAll();
        }
    }

    /// <summary>Ends every process: politely, then by force.</summary>
    public void EndAll()
    {
        var children = _children.Values.ToArray();
        foreach (var child in children)
        {
            child.RequestStop();
        }

        Task.WaitAll(children.Select(child => child.Exit).ToArray<Task>(), GraceAfterHostLoss);
        foreach (var child in children)
        {
            child.Kill();
        }

        platform.KillRemaining();
    }

    private void Start(StartCommand command)
    {
        ChildProcess child;
        try
        {
            child = platform.Start(command);
        }
        catch (IOException exception)
        {
            Report(FrameKind.StartFailed, writer =>
            {
                writer.Write(command.Id);
                writer.Write(exception.Message);
            });
            return;
        }

        _children[command.Id] = child;
        Report(FrameKind.Started, writer =>
        {
            writer.Write(command.Id);
            writer.Write(child.ProcessId);
        });

        var output = Relay(command.Id, child.Output, isError: false);
        var error = Relay(command.Id, child.Error, isError: true);
        _ = FinishAsync(command.Id, child, Task.WhenAll(output, error));
    }

    private void Stop(StopCommand command)
    {
        if (_children.TryGetValue(command.Id, out var child))
        {
            child.RequestStop();
            _ = KillLaterAsync(child, TimeSpan.FromMilliseconds(command.GraceMilliseconds));
        }
    }

    private static async Task KillLaterAsync(ChildProcess child, TimeSpan grace)
    {
        if (await Task.WhenAny(child.Exit, Task.Delay(grace)).ConfigureAwait(false) != child.Exit)
        {
            child.Kill();
        }
    }

    private async Task FinishAsync(int id, ChildProcess child, Task output)
    {
        var exitCode = await child.Exit.ConfigureAwait(false);
        // What the process started and left behind ends with it.
        child.Kill();
        await Task.WhenAny(output, Task.Delay(OutputDrain)).ConfigureAwait(false);
        _children.TryRemove(id, out _);
        Report(FrameKind.Exited, writer =>
        {
            writer.Write(id);
            writer.Write(exitCode);
        });
    }

    private Task Relay(int id, Stream stream, bool isError)
    {
        var done = new TaskCompletionSource();
        // A thread of its own: a blocking read must not take one from the pool, which stops and kills.
        var thread = new Thread(() =>
        {
            try
            {
                LineReader.ReadLines(stream, line => Report(FrameKind.Output, writer =>
                {
                    writer.Write(id);
                    writer.Write(isError);
                    writer.Write(line);
                }));
            }
            catch (IOException)
            {
                // The pipe broke with the process; its exit is reported by FinishAsync.
            }
            finally
            {
                stream.Dispose();
                done.TrySetResult();
            }
        }, maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = isError ? "stderr" : "stdout",
        };
        thread.Start();
        return done.Task;
    }

    private void Report(FrameKind kind, Action<BinaryWriter> writeBody)
    {
        try
        {
            channel.Send(kind, writeBody);
        }
        catch (IOException)
        {
            // The host is gone; the order pipe has ended too and Run ends everything.
        }
    }
}

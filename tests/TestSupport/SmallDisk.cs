using System.Diagnostics;
using System.Globalization;

namespace DqnAspire.TestSupport;

/// <summary>
/// A real file system of a fixed size: a tmpfs that a helper process has in mount and user namespaces of its own, seen
/// through /proc. It needs no rights, and is gone when the helper is.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private const string MountPoint = "/mnt";

    private readonly Process _helper;

    private SmallDisk(Process helper, string path) => (_helper, Path) = (helper, path);

    /// <summary>An empty folder on it.</summary>
    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Makes one, or skips the test where the system does not allow it.</summary>
    public static SmallDisk Create(int bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is made with Linux's namespaces.");
        var (helper, problem) = Start(bytes);
        if (helper is null)
        {
            Assert.Skip($"unshare (Debian package util-linux) cannot be started: {problem}");
        }

        if (helper.StandardOutput.ReadLine() != "mounted")
        {
            var reason = helper.StandardError.ReadToEnd().Trim();
            helper.Dispose();
            Assert.Skip($"A small disk cannot be mounted here: {reason}");
        }

        var disk = new SmallDisk(
            helper, string.Create(CultureInfo.InvariantCulture, $"/proc/{helper.Id}/root{MountPoint}"));
        try
        {
            _ = Directory.EnumerateFileSystemEntries(disk.Path).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            disk.Dispose();
            Assert.Skip($"A small disk cannot be seen from here: {e.Message}");
        }

        return disk;
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // This is how a full disk shows.
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Takes it away.</summary>
    public void Dispose()
    {
        _helper.StandardInput.Close();
        _helper.WaitForExit();
        _helper.Dispose();
    }

    private static (Process? Helper, string Problem) Start(int bytes)
    {
        var start = new ProcessStartInfo("unshare")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var script = $"mount -t tmpfs -o size={bytes} tmpfs {MountPoint} && echo mounted && read line";
        string[] arguments = ["--map-root-user", "--mount", "sh", "-c", script];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return (Process.Start(start), "");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (null, e.Message);
        }
    }
}

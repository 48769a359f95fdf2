using System.ComponentModel;
using System.Diagnostics;

namespace DqnAspire.Play.Tests.Recordings;

/// <summary>ffmpeg and ffprobe as independent readers.</summary>
internal static class MediaTools
{
    /// <summary>Runs one, or skips the test where it is not installed; its output.</summary>
    public static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
            })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return output.Trim();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} (Debian package ffmpeg) is not installed.");
            throw;
        }
    }
}

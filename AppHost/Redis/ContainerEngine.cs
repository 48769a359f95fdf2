using System.ComponentModel;
using System.Diagnostics;

namespace DqnAspire.AppHost.Redis;

/// <summary>Docker or Podman.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether one of them runs; a client without its engine does not count.</summary>
    public static bool IsRunning() => Answers("docker") || Answers("podman");

    private static bool Answers(string client)
    {
        try
        {
            var info = new ProcessStartInfo(client, ["info"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(info)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Limit))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            // It is not installed.
            return false;
        }
    }
}

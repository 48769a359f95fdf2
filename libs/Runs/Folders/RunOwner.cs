using System.Globalization;
using System.Text.Json;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Records;
using DiagnosticsProcess = System.Diagnostics.Process;

namespace DqnAspire.Runs.Folders;

/// <summary>The process that works on a run, as <c>owner.json</c> in the run's folder names it.</summary>
/// <param name="Process">Its id.</param>
/// <param name="Started">When it was started: ids are used again.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="Program">Name of its program.</param>
public sealed record RunOwner(int Process, DateTimeOffset Started, string Host, string Program)
{
    /// <summary>This process.</summary>
    public static RunOwner Current { get; } = OfThisProcess();

    /// <summary>Whether the process may be alive: one of another machine may.</summary>
    public bool MayBeAlive
    {
        get
        {
            if (Host != Current.Host)
            {
                return true;
            }

            try
            {
                using var process = DiagnosticsProcess.GetProcessById(Process);
                // Clocks of a machine are set now and then, and differ by a tick between two looks.
                return !process.HasExited
                    && (process.StartTime.ToUniversalTime() - Started.UtcDateTime).Duration() < TimeSpan.FromSeconds(2);
            }
            catch (Exception e)
                when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"process {Process} ({Program}) on {Host}, started {Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>Reads the owner that a folder names.</summary>
    /// <returns>Null when it names none, or not readably.</returns>
    internal static RunOwner? Read(string folder)
    {
        try
        {
            var owner = JsonSerializer.Deserialize<RunOwner>(
                File.ReadAllBytes(Path.Combine(folder, RunLayout.Owner)), JsonFormat.Compact);
            return owner is { Host.Length: > 0, Program: not null } ? owner : null;
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e) || e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Names this process as the owner of a folder.</summary>
    internal static void Write(string folder) =>
        AtomicFile.Write(
            Path.Combine(folder, RunLayout.Owner), JsonSerializer.SerializeToUtf8Bytes(Current, JsonFormat.Indented));

    private static RunOwner OfThisProcess()
    {
        using var process = DiagnosticsProcess.GetCurrentProcess();
        return new RunOwner(
            process.Id, process.StartTime.ToUniversalTime(), Environment.MachineName, process.ProcessName);
    }
}

using System.Diagnostics;

namespace DqnAspire.Aspire.Hosting.Tests;

/// <summary>Looks at processes of the system.</summary>
internal static class Processes
{
    public static bool IsAlive(int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            // An ended process whose parent has not asked for its exit code yet still has an entry.
            try
            {
                var stat = File.ReadAllText($"/proc/{processId}/stat");
                return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
            }
            catch (IOException)
            {
                return false;
            }
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static async Task<IReadOnlyList<int>> WaitUntilGoneAsync(IReadOnlyCollection<int> processIds)
    {
        var watch = Stopwatch.StartNew();
        while (processIds.Any(IsAlive) && watch.Elapsed < TestApplication.Patience)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return [.. processIds.Where(IsAlive)];
    }
}

using System.Diagnostics;

namespace DqnAspire.GrpcPeers.Tests;

/// <summary>Finds and starts the other makes' programs.</summary>
internal static class PeerProcess
{
    private static readonly string Peers = Path.Combine(AppContext.BaseDirectory, "peers");
    private static readonly string[] PythonNames = ["/usr/bin/python3", "python3", "python"];

    /// <summary>A script with an interpreter that has grpcio; null when there is none.</summary>
    public static ProcessStartInfo? Python(string script, params string[] arguments)
    {
        var interpreter = PythonNames.FirstOrDefault(name => Succeeds(name, "-c", "import grpc"));
        return interpreter is null ? null : Start(interpreter, [Path.Combine(Peers, "python", script), .. arguments]);
    }

    /// <summary>A script for node; null when node, or the module folder, is missing.</summary>
    public static ProcessStartInfo? Node(string script, string modules, params string[] arguments) =>
        Directory.Exists(Path.Combine(modules, "node_modules", "@grpc", "grpc-js")) && Succeeds("node", "--version")
            ? Start("node", [Path.Combine(Peers, "node", script), .. arguments])
            : null;

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Interpreters honour proxies for loopback addresses too, where they are set.
        start.Environment["no_grpc_proxy"] = "127.0.0.1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return start;
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(Start(program, arguments))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

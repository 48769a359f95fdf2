using System.Runtime.InteropServices;

namespace Grpc.Net.Client.Internal;

/// <summary>How the client names itself (grpc/grpc, doc/PROTOCOL-HTTP2.md, "User Agents").</summary>
internal static class UserAgent
{
    public static string Value { get; } =
        $"grpc-dotnet/{typeof(UserAgent).Assembly.GetName().Version!.ToString(3)} ({RuntimeInformation.FrameworkDescription.Replace(" ", "/")}; {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()})";
}

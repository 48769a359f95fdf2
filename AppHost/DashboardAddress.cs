using System.Globalization;

namespace DqnAspire.AppHost;

/// <summary>
/// Where the dashboard is: <c>ASPNETCORE_URLS</c>, as for every Aspire application, or else port 18888 and the user's
/// offset. (Usually a launch profile sets these variables; a default in code needs no file and prints no line.)
/// </summary>
internal static class DashboardAddress
{
    private const int DefaultPort = 18888;
    private const string UrlsVariable = "ASPNETCORE_URLS";
    private const string OtlpVariable = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";

    /// <summary>Sets the variables that are not set, and gives the address.</summary>
    public static string Configure(AppHostOptions options)
    {
        var address = SetDefault(UrlsVariable, DefaultPort + options.PortOffset);
        SetDefault(OtlpVariable, DefaultPort + 1 + options.PortOffset);
        return address;
    }

    private static string SetDefault(string variable, int port)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
        {
            return given;
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        Environment.SetEnvironmentVariable(variable, address);
        return address;
    }
}

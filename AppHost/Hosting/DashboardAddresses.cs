namespace DqnAspire.AppHost.Hosting;

/// <summary>
/// Where the dashboard listens. It is on loopback alone and needs no certificate. The environment variables are
/// Aspire's own; the launch profile sets them, and what the user sets wins. The offset is added to every port.
/// </summary>
/// <param name="Dashboard">The page for people.</param>
/// <param name="Otlp">Where services send their telemetry, by gRPC.</param>
/// <param name="Resources">Where the dashboard asks this process for the resources.</param>
internal sealed record DashboardAddresses(Uri Dashboard, Uri Otlp, Uri Resources)
{
    private const string UrlsVariable = "ASPNETCORE_URLS";
    private const string OtlpVariable = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string ResourcesVariable = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    /// <summary>The ports, and what each is for.</summary>
    public IEnumerable<(string Use, int Port)> Ports =>
    [
        ("dashboard", Dashboard.Port), ("dashboard's telemetry", Otlp.Port), ("dashboard's resources", Resources.Port),
    ];

    /// <summary>Chooses the addresses and passes them to Aspire, through this process's environment.</summary>
    /// <param name="portOffset">Added to every port.</param>
    public static DashboardAddresses Configure(int portOffset)
    {
        SetDefault("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true");
        // Nothing leaves this machine unasked.
        SetDefault("ASPIRE_VERSION_CHECK_DISABLED", "true");
        SetDefault("ASPIRE_DASHBOARD_TELEMETRY_OPTOUT", "true");
        // Development: services send their telemetry every second instead of every minute.
        SetDefault("DOTNET_ENVIRONMENT", "Development");
        return new DashboardAddresses(
            SetAddress(UrlsVariable, 18888, portOffset),
            SetAddress(OtlpVariable, 18889, portOffset),
            SetAddress(ResourcesVariable, 18890, portOffset));
    }

    private static Uri SetAddress(string variable, int port, int offset)
    {
        var given = Environment.GetEnvironmentVariable(variable)?.Split(';')[0];
        var address = Uri.TryCreate(given, UriKind.Absolute, out var uri) ? uri : new Uri($"http://localhost:{port}");
        var moved = new UriBuilder(address) { Port = address.Port + offset }.Uri;
        Environment.SetEnvironmentVariable(variable, moved.GetLeftPart(UriPartial.Authority));
        return moved;
    }

    private static void SetDefault(string variable, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}

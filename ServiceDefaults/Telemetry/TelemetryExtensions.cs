using Microsoft.AspNetCore.Builder;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>OpenTelemetry as every service has it.</summary>
internal static class TelemetryExtensions
{
    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
    }

    public static void MapTelemetry(this WebApplication app)
    {
    }
}

namespace Aspire.Hosting;

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>Name of the launch profile in <c>Properties/launchSettings.json</c>; null for the first one.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether launch profiles are ignored.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}

namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>What is played.</summary>
public sealed class EnvironmentSection
{
    [Setting("Environment id, as EnvService lists it.")]
    public string Id { get; set; } = "";

    [Setting("Environment that is played when the cartridge of Environment:Id is not on this machine; empty: none.")]
    public string StandIn { get; set; } = "";

    [Setting("Copies of the environment that are played at the same time.", Unit = "lanes", Min = 1, Max = 1024)]
    public int Lanes { get; set; } = 1;

    /// <summary>Options of the environment by name, set as <c>Environment:Options:name=value</c>.</summary>
    public Dictionary<string, string> Options { get; init; } = [];
}

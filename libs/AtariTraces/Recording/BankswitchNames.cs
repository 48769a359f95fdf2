using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.AtariTraces.Recording;

/// <summary>ALE's names of the boards of cartridges.</summary>
internal static class BankswitchNames
{
    public static string Of(CartridgeScheme scheme) => scheme switch
    {
        CartridgeScheme.Rom2K => "2K",
        CartridgeScheme.Rom4K => "4K",
        CartridgeScheme.F8Swapped => "F8 swapped",
        CartridgeScheme.F8Superchip => "F8SC",
        CartridgeScheme.F6Superchip => "F6SC",
        CartridgeScheme.F4Superchip => "F4SC",
        CartridgeScheme.FA => "FASC",
        CartridgeScheme.Tigervision3F => "3F",
        CartridgeScheme.Dpc => "DPC",
        _ => scheme.ToString(),
    };
}

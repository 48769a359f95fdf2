using System.ComponentModel.DataAnnotations;

namespace DqnAspire.ReplayService;

/// <summary>Settings of the service, section "Replay".</summary>
public sealed class ReplayOptions
{
    /// <summary>Most bytes of memory that the observations of all tables may come to take.</summary>
    [Range(1L << 20, 1L << 42)]
    public long MaxObservationBytes { get; set; } = 8L << 30;
}

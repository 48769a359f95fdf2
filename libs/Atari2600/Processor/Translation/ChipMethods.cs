using System.Reflection;
using DqnAspire.Atari2600.Riot;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Processor.Translation;

/// <summary>The methods that translated code calls.</summary>
internal static class ChipMethods
{
    public static readonly MethodInfo BusRead = Method(typeof(Bus), nameof(Bus.Read));
    public static readonly MethodInfo BusWrite = Method(typeof(Bus), nameof(Bus.Write));
    public static readonly MethodInfo TiaRead = Method(typeof(TiaChip), nameof(TiaChip.Read));
    public static readonly MethodInfo TiaWrite = Method(typeof(TiaChip), nameof(TiaChip.Write));
    public static readonly MethodInfo TiaWait = Method(typeof(TiaChip), nameof(TiaChip.WaitForSync));
    public static readonly MethodInfo RiotRead = Method(typeof(RiotChip), nameof(RiotChip.Read));
    public static readonly MethodInfo RiotWrite = Method(typeof(RiotChip), nameof(RiotChip.Write));
    public static readonly MethodInfo RiotPeekTimer = Method(typeof(RiotChip), nameof(RiotChip.PeekTimer));
    public static readonly MethodInfo CountDown = Method(typeof(IdleLoop), nameof(IdleLoop.CountDown));
    public static readonly MethodInfo Poll = Method(typeof(IdleLoop), nameof(IdleLoop.Poll));

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name)!;
}

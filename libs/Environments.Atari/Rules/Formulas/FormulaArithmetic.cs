using System.Runtime.CompilerServices;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>What operators and functions compute where one instruction does not. No operand makes them throw.</summary>
internal static class FormulaArithmetic
{
    /// <summary>Bits of a random number that are used: without its sign, so that a remainder is not negative.</summary>
    public const int RandomMask = int.MaxValue;

    /// <summary>Shifts use the low 5 bits of their count.</summary>
    public const int ShiftMask = 31;

    /// <summary>
    /// The quotient, truncated toward zero; 0 when the divisor is 0. The lowest number divided by -1 is itself.
    /// </summary>
    public static int Divide(int dividend, int divisor) => divisor switch
    {
        0 => 0,
        -1 => unchecked(-dividend),
        _ => dividend / divisor,
    };

    /// <summary>What <see cref="Divide"/> leaves, with the sign of the dividend; 0 when the divisor is 0.</summary>
    public static int Remainder(int dividend, int divisor) => divisor is 0 or -1 ? 0 : dividend % divisor;

    /// <summary>Two packed decimal digits, without a check that they are decimal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bcd(int value) => unchecked((10 * (value >> 4)) + (value & 15));

    /// <summary>0 for 10, a digit that is drawn blank; every other value as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Blank10(int value) => value == 10 ? 0 : value;
}

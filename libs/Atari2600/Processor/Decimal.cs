namespace DqnAspire.Atari2600.Processor;

/// <summary>
/// Arithmetic in decimal mode as ALE does it: through binary, whatever the digits are. It differs from the chip for
/// digits above 9 and in its flags, which follow the decimal result.
/// </summary>
internal static class Decimal
{
    /// <summary>ADC: result, carry (0 or 1) and overflow (0 or not 0).</summary>
    public static (int Result, int Carry, int Overflow) Add(int a, int operand, int carry)
    {
        var sum = ToBinary(a) + ToBinary(operand) + carry;
        var result = ToDecimal(sum & 0xFF);
        return (result, sum > 99 ? 1 : 0, Overflow(a, operand, result));
    }

    /// <summary>SBC: result, carry (0 or 1) and overflow (0 or not 0).</summary>
    public static (int Result, int Carry, int Overflow) Subtract(int a, int operand, int carry)
    {
        var borrow = 1 - carry;
        var difference = ToBinary(a) - ToBinary(operand) - borrow;
        if (difference < 0)
        {
            difference += 100;
        }

        // ALE: a difference that is still negative indexes in front of its table of decimals, into that of binaries.
        var result = difference >= 0 ? ToDecimal(difference) : ToBinary(256 + difference);
        return (result, a >= operand + borrow ? 1 : 0, Overflow(a, operand, result));
    }

    /// <summary>ARR on the value A AND operand ("64doc").</summary>
    public static (int Result, int N, int Z, int Carry, int Overflow) AndRotate(int value, int carry)
    {
        var rotated = (value >> 1) | (carry << 7);
        var result = rotated;
        if ((value & 0x0F) + (value & 0x01) > 0x05)
        {
            result = (result & 0xF0) | ((result + 0x06) & 0x0F);
        }

        var carryOut = 0;
        if ((value & 0xF0) + (value & 0x10) > 0x50)
        {
            result = (result + 0x60) & 0xFF;
            carryOut = 1;
        }

        return (result, carry << 7, rotated, carryOut, (value ^ rotated) & 0x40);
    }

    private static int ToBinary(int digits) => ((digits >> 4) * 10) + (digits & 0x0F);

    private static int ToDecimal(int value) => ((value % 100 / 10) << 4) | (value % 10);

    private static int Overflow(int a, int operand, int result) => (a ^ result) & (result ^ operand) & 0x80;
}

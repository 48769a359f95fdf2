using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Processor;

/// <summary>
/// Decimal mode over all operands, invalid digits included, against ALE's definition: bytes become numbers digit by
/// digit, and a table makes numbers into bytes.
/// </summary>
public sealed class DecimalTests
{
    /// <summary>ALE's table of numbers for bytes, and after it in memory that of bytes for numbers.</summary>
    private static readonly int[] Tables = [.. Enumerable.Range(
        0, 256).Select(Number), .. Enumerable.Range(0, 256).Select(Digits)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Adc_OfAllBytes(bool carry) => Compare(0x69, carry, (a, operand) =>
    {
        var sum = Number(a) + Number(operand) + (carry ? 1 : 0);
        return (Tables[256 + (sum & 0xFF)], sum > 99);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sbc_OfAllBytes(bool carry) => Compare(0xE9, carry, (a, operand) =>
    {
        var borrow = carry ? 0 : 1;
        var difference = Number(a) - Number(operand) - borrow;
        var index = difference < 0 ? difference + 100 : difference;
        return (Tables[256 + index], a >= operand + borrow);
    });

    private static void Compare(byte opcode, bool carry, Func<int, int, (int Result, bool Carry)> define)
    {
        using var bench = new ChipBench();
        for (var a = 0; a < 256; a++)
        {
            for (var operand = 0; operand < 256; operand++)
            {
                bench.Registers.PC = ChipBench.Start;
                bench.Registers.A = a;
                bench.Flags = carry ? "DC" : "D";
                bench.Program(opcode, (byte)operand);
                bench.Step();

                (var result, var carryOut) = define(a, operand);
                var overflow = ((a ^ result) & 0x80) != 0 && ((result ^ operand) & 0x80) != 0;
                var flags = string.Concat(
                    result >= 0x80 ? "N" : "", overflow ? "V" : "", "D", result == 0 ? "Z" : "", carryOut ? "C" : "");
                if (result != bench.Registers.A || flags != bench.Flags)
                {
                    Assert.Fail(
                        $"{a:X2}, {operand:X2}: {result:X2} {flags} expected, "
                        + $"{bench.Registers.A:X2} {bench.Flags} found.");
                }
            }
        }
    }

    private static int Number(int digits) => (10 * (digits / 16)) + (digits % 16);

    private static int Digits(int number) => (16 * (number % 100 / 10)) + (number % 10);
}

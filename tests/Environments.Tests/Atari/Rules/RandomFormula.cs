using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// Writes formulas that mean something, with few brackets, so that their meaning hangs on precedence.
/// </summary>
internal sealed class RandomFormula(Pcg64 random, params string[] variables)
{
    private const int MaxDepth = 4;

    private static readonly string[] Operators =
        ["||", "&&", "|", "^", "&", "==", "!=", "<", ">", "<=", ">=", "<<", ">>", "+", "-", "*", "/", "%"];

    private static readonly string[] Signs = ["-", "!", "~"];
    private static readonly string[] Numbers =
        ["0", "1", "2", "7", "10", "15", "0x80", "0xFF", "100", "31", "33", "0x7FFFFFFF"];

    public string Next() => Text(depth: 0, inScan: false);

    private string Text(int depth, bool inScan)
    {
        var text = Operations(depth, inScan);
        return Chance(6) ? $"{text} ? {Text(depth + 1, inScan)} : {Text(depth + 1, inScan)}" : text;
    }

    private string Operations(int depth, bool inScan)
    {
        var text = Operand(depth, inScan);
        for (var more = random.Integers(0, 4); more > 0; more--)
        {
            var space = Chance(2) ? " " : "";
            text += space + One(Operators) + space + Operand(depth, inScan);
        }

        return text;
    }

    private string Operand(int depth, bool inScan)
    {
        var signs = Chance(5) ? One(Signs) + (Chance(4) ? One(Signs) : "") : "";
        return signs + Single(depth, inScan);
    }

    private string Single(int depth, bool inScan)
    {
        var inner = depth < MaxDepth;
        return random.Integers(0, 12) switch
        {
            0 => One(Numbers),
            1 => $"{random.Integers(0, 300)}",
            2 => $"ram[{Address()}]",
            3 => $"mem[0x{random.Integers(0, 0x10000):X}]",
            4 => "prev." + One(variables),
            5 => One(variables),
            6 when inScan => "x",
            7 when inner => $"({Text(depth + 1, inScan)})",
            8 when inner => $"{One(["bcd", "blank10", "s8"])}({Text(depth + 1, inScan)})",
            9 when inner => $"{One(["min", "max"])}({Text(depth + 1, inScan)},{Text(depth + 1, inScan)})",
            10 when inner && Chance(3) => Scan(depth),
            _ => $"ram[{Address()}]",
        };
    }

    private string Scan(int depth)
    {
        var first = random.Integers(0x80, 0x100);
        var last = Math.Min(0xFF, first + random.Integers(0, 5));
        return $"{One(["count", "sum"])}(0x{first:X}, {last}, {Text(Math.Max(depth + 1, MaxDepth - 1), inScan: true)})";
    }

    private string Address() => Chance(2) ? $"0x{random.Integers(0x80, 0x100):X}" : $"{random.Integers(0x80, 0x100)}";

    private bool Chance(int oneIn) => random.Integers(0, oneIn) == 0;

    private string One(string[] words) => words[random.Integers(0, words.Length)];
}

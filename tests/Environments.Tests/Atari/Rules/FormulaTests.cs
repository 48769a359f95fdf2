using DqnAspire.Environments.Atari.Rules.Formulas;

namespace DqnAspire.Environments.Tests.Atari.Rules;

public sealed class FormulaTests
{
    [Theory]
    [InlineData("2 + 3 * 4", 14)]
    [InlineData("(2 + 3) * 4", 20)]
    [InlineData("20 - 5 - 3", 12)]
    [InlineData("100 / 10 / 5", 2)]
    [InlineData("100 / 10 * 5", 50)]
    [InlineData("17 % 10 * 2", 14)]
    [InlineData("1 + 2 << 3", 24)]
    [InlineData("1 << 2 + 3", 32)]
    [InlineData("256 >> 2 >> 1", 32)]
    [InlineData("1 < 2 << 1", 1)]
    [InlineData("3 > 2 > 1", 0)]
    [InlineData("2 == 3 < 4", 0)]
    [InlineData("1 == 3 < 4", 1)]
    [InlineData("5 == 5 != 1", 0)]
    [InlineData("6 & 3 == 3", 0)]
    [InlineData("(6 & 3) == 2", 1)]
    [InlineData("1 | 6 ^ 2 & 3", 5)]
    [InlineData("4 ^ 4 | 8", 8)]
    [InlineData("0 && 0 || 1", 1)]
    [InlineData("1 || 0 && 0", 1)]
    [InlineData("0 | 2 && 4", 1)]
    [InlineData("1 ? 2 : 0 ? 3 : 4", 2)]
    [InlineData("0 ? 2 : 0 ? 3 : 4", 4)]
    [InlineData("1 ? 0 ? 3 : 5 : 4", 5)]
    [InlineData("0 || 1 ? 7 : 8", 7)]
    [InlineData("1 + 1 ? 7 : 8", 7)]
    public void Operators_BindAndGroupAsInC(string formula, int expected) => Assert.Equal(expected, Value(formula));

    [Theory]
    [InlineData("-2 + 3", 1)]
    [InlineData("- -2", 2)]
    [InlineData("!0 + !7", 1)]
    [InlineData("!!7", 1)]
    [InlineData("~0", -1)]
    [InlineData("~5 & 0xFF", 250)]
    [InlineData("-~3", 4)]
    public void Signs_BindTighterThanOperators(string formula, int expected) => Assert.Equal(expected, Value(formula));

    [Theory]
    [InlineData("7 / 2", 3)]
    [InlineData("-7 / 2", -3)]
    [InlineData("7 / -2", -3)]
    [InlineData("-7 % 3", -1)]
    [InlineData("7 % -3", 1)]
    [InlineData("5 / 0", 0)]
    [InlineData("5 % 0", 0)]
    [InlineData("(-2147483647 - 1) / -1", int.MinValue)]
    [InlineData("(-2147483647 - 1) % -1", 0)]
    [InlineData("2147483647 + 1", int.MinValue)]
    [InlineData("65536 * 65537", 65536)]
    [InlineData("-1 >> 1", -1)]
    [InlineData("1 << 31", int.MinValue)]
    [InlineData("1 << 33", 2)]
    [InlineData("1 << -1", int.MinValue)]
    public void Arithmetic_Truncates_Wraps_AndNeverFails(string formula, int expected) =>
        Assert.Equal(expected, Value(formula));

    [Theory]
    [InlineData("5 && 2", 1)]
    [InlineData("5 || 0", 1)]
    [InlineData("0 || -1", 1)]
    [InlineData("-1 ? 3 : 4", 3)]
    [InlineData("256 && 1", 1)]
    public void AnyOtherValueThanZero_IsTrue(string formula, int expected) => Assert.Equal(expected, Value(formula));

    [Theory]
    [InlineData("bcd(0x25)", 25)]
    [InlineData("bcd(0xFF)", 165)]
    [InlineData("bcd(0x123)", 183)]
    [InlineData("bcd(-1)", 5)]
    [InlineData("blank10(10)", 0)]
    [InlineData("blank10(9)", 9)]
    [InlineData("blank10(11)", 11)]
    [InlineData("s8(0x7F)", 127)]
    [InlineData("s8(0x80)", -128)]
    [InlineData("s8(0x1FF)", -1)]
    [InlineData("s8(-200)", 56)]
    [InlineData("min(3, -4)", -4)]
    [InlineData("max(3, 2 + 2)", 4)]
    public void Functions(string formula, int expected) => Assert.Equal(expected, Value(formula));

    [Theory]
    [InlineData("ram[0x80]", 7)]
    [InlineData("ram[255]", 9)]
    [InlineData("mem[0x1234]", 41)]
    [InlineData("mem[0xF234]", 41)]
    [InlineData("count(0x80, 0x83, x)", 2)]
    [InlineData("count(0x80, 0x80, x == 7)", 1)]
    [InlineData("count(0xFE, 0xFF, x > 8)", 1)]
    [InlineData("sum(0x80, 0x83, x)", 15)]
    [InlineData("sum(0x80, 0x83, x > 7 ? -x : 10 * x)", 62)]
    [InlineData("1000 + sum(0x80, 0x83, x) * 2", 1030)]
    [InlineData("sum(0x80, 0x81, x * count(0x80, 0x83, x == 8) + x)", 14)]
    [InlineData("count(0x80, 0x83, x == ram[0x83])", 1)]
    public void Memory(string formula, int expected)
    {
        var memory = new TestMemory { [0x80] = 7, [0x83] = 8, [0xFF] = 9 };
        memory.Bus[0x1234] = 41;
        Assert.Equal(expected, Value(formula, memory));
    }

    [Theory]
    [InlineData("", 1, "Expected a number, a name or '(', found the end")]
    [InlineData("1 +", 4, "found the end")]
    [InlineData("1 2", 3, "Expected an operator or the end, found '2'")]
    [InlineData("(1 + 2", 7, "Expected ')', found the end")]
    [InlineData("1 + )", 5, "found ')'")]
    [InlineData("1 ? 2", 6, "Expected ':'")]
    [InlineData("1 = 2", 3, "'=' has no meaning")]
    [InlineData("3 $ 4", 3, "'$' has no meaning")]
    [InlineData("1 + 0xG", 5, "'0xG' is not a number")]
    [InlineData("1 + 0x", 5, "'0x' is not a number")]
    [InlineData("2147483648", 1, "is not a number of 0 to 2147483647")]
    [InlineData("0xFFFFFFFF", 1, "is not a number")]
    [InlineData("010", 1, "'010' is not a number")]
    [InlineData("12ab", 1, "'12ab' is not a number")]
    [InlineData("foo", 1, "'foo' is not known; the names in 'order' are a, b, c")]
    [InlineData("1 + b", 5, "'b' is not computed yet; prev.b is its value")]
    [InlineData("prev.foo", 6, "'foo' is not known")]
    [InlineData("prev + 1", 6, "Expected '.', found '+'")]
    [InlineData("prev.1", 6, "Expected a name, found '1'")]
    [InlineData("ram[0x7F]", 5, "Expected an address of 0x80 to 0xFF, found '0x7F'")]
    [InlineData("ram[0x100]", 5, "Expected an address")]
    [InlineData("ram[0x80 + 1]", 10, "Expected ']', found '+'")]
    [InlineData("ram(0x80)", 4, "Expected '[', found '('")]
    [InlineData("mem[0x10000]", 5, "Expected an address of 0x00 to 0xFFFF")]
    [InlineData("count(0x90, 0x8F, x)", 13, "Expected an address of 0x90 to 0xFF")]
    [InlineData("count(0x80, 0x8F)", 17, "Expected ',', found ')'")]
    [InlineData("x + 1", 1, "only inside count and sum")]
    [InlineData("count(0x80, 0x8F, x) + x", 24, "only inside count and sum")]
    [InlineData("bcd()", 5, "found ')'")]
    [InlineData("bcd(1, 2)", 6, "Expected ')', found ','")]
    [InlineData("min(1)", 6, "Expected ',', found ')'")]
    [InlineData("mode", 1, "only while a mode is selected")]
    [InlineData("1 + rng()", 5, "only while a mode is selected")]
    public void WhatIsNoFormula_IsRefusedWithItsPosition(string formula, int position, string problem)
    {
        var exception = Assert.Throws<FormulaException>(
            () => Parser.Parse(formula, NameScope.Frame(["a", "b", "c"], slot: 1)));
        Assert.Contains(problem, exception.Message);
        Assert.Equal(position, exception.Position);
    }

    [Fact]
    public void DepthAndLength_HaveALimit()
    {
        Assert.Equal(1, Value(new string('(', 90) + "1" + new string(')', 90)));
        Assert.Equal(2000, Value(string.Join('+', Enumerable.Repeat('1', 2000))));
        foreach (var formula in new[]
        {
            new string('(', 10_000),
            new string('(', 1000) + "1" + new string(')', 1000),
            new string('-', 1000) + "1",
            string.Concat(Enumerable.Repeat("1?", 500)) + "1",
            string.Concat(Enumerable.Repeat("0?1:", 500)) + "1",
        })
        {
            var exception = Assert.Throws<FormulaException>(() => Value(formula));
            Assert.Contains("at most", exception.Message);
        }
    }

    [Fact]
    public void APlainName_IsThisFrames_AndPrevIsThePreviousFrames()
    {
        // b counts frames; a sees what b was, c what it is.
        string[] names = ["a", "b", "c"];
        var code = FormulaCompiler.CompileFrame(
            "test",
            [
                Parser.Parse("prev.b * 10 + prev.a % 10", NameScope.Frame([.. names], 0)),
                Parser.Parse("prev.b + 1", NameScope.Frame([.. names], 1)),
                Parser.Parse("b * 100 + a + prev.c / 1000 * 1000 + 1000", NameScope.Frame([.. names], 2)),
            ]);
        int[] values = [3, 5, 0];
        var memory = new TestMemory();

        code(memory.Ram, memory, values);
        Assert.Equal([53, 6, 1653], values);
        code(memory.Ram, memory, values);
        Assert.Equal([63, 7, 2763], values);
    }

    private static int Value(string formula, TestMemory? memory = null)
    {
        memory ??= new TestMemory();
        var code = FormulaCompiler.CompileFormula("test", Parser.Parse(formula, NameScope.Frame([], slot: 0)));
        return code(memory.Ram, memory, [], 0, null);
    }
}

using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Rules.Formulas;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Environments.Tests.Atari.Rules;

[Trait("Category", "Slow")]
public sealed class RandomFormulaTests
{
    private const int FormulasPerSeed = 20;

    [Fact]
    public void AnyFormula_CompiledGivesWhatReadingItPlainlyGives()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            seed =>
            {
                var random = new Pcg64(seed);
                var formulas = new RandomFormula(random, "a", "b");
                for (var i = 0; i < FormulasPerSeed; i++)
                {
                    AssertSame(formulas.Next(), random);
                }
            }).QuickCheckThrowOnFailure();
    }

    /// <summary>Three frames of a rule with the variables a, b and c, of which c is the formula.</summary>
    private static void AssertSame(string formula, Pcg64 random)
    {
        string[] names = ["a", "b", "c"];
        string[] texts = ["ram[0x80] * 1000003 - prev.b", "prev.b + 1", formula];
        var code = FormulaCompiler.CompileFrame(
            "test", [.. texts.Select((text, slot) => Parser.Parse(text, NameScope.Frame([.. names], slot)))]);
        var memory = new TestMemory();
        int[] values = [1, 2, 3];
        for (var frame = 0; frame < 3; frame++)
        {
            for (var address = 0x80; address <= 0xFF; address++)
            {
                memory[address] = (int)random.Integers(0, 256);
            }

            foreach (ref var value in memory.Bus)
            {
                value = (byte)random.Integers(0, 256);
            }

            var previous = values.ToArray();
            var current = new Dictionary<string, int>();
            for (var slot = 0; slot < names.Length; slot++)
            {
                current[names[slot]] = NaiveFormula.Evaluate(
                    texts[slot],
                    address => memory[address],
                    address => memory.Bus[address],
                    name => current[name],
                    name => previous[Array.IndexOf(names, name)]);
            }

            code(memory.Ram, memory, values);
            Assert.True(
                names.Select(name => current[name]).SequenceEqual(values),
                $"Frame {frame} of {formula}: {string.Join(", ", values)}; "
                + $"expected {string.Join(", ", current.Values)}");
        }
    }
}

using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari.Rules.Formulas;

/// <summary>A formula that has been read, or a part of one. Its value is a signed 32-bit number.</summary>
internal abstract record FormulaNode;

/// <summary>A number.</summary>
internal sealed record ConstantNode(int Value) : FormulaNode;

/// <summary>The byte of RAM at an address of 0x80 to 0xFF.</summary>
internal sealed record RamNode(int Address) : FormulaNode;

/// <summary>The byte on the bus at an address of 0 to 0x1FFF.</summary>
internal sealed record BusNode(int Address) : FormulaNode;

/// <summary>The value of a variable of the rule in this frame; outside a frame, its value after the last one.</summary>
/// <param name="Slot">The variable's place in the order of evaluation.</param>
internal sealed record VariableNode(int Slot) : FormulaNode;

/// <summary>The value of a variable of the rule after the previous frame.</summary>
/// <param name="Slot">The variable's place in the order of evaluation.</param>
internal sealed record PreviousNode(int Slot) : FormulaNode;

/// <summary>The byte that the nearest <see cref="ScanNode"/> around is at.</summary>
internal sealed record ScannedByteNode : FormulaNode;

/// <summary>The mode that is being selected.</summary>
internal sealed record ModeNode : FormulaNode;

/// <summary>The next number of the environment's generator.</summary>
internal sealed record RandomNode : FormulaNode;

/// <summary>An operator before its operand.</summary>
internal sealed record UnaryNode(UnaryOperator Operator, FormulaNode Operand) : FormulaNode;

/// <summary>An operator between its operands.</summary>
internal sealed record BinaryNode(BinaryOperator Operator, FormulaNode Left, FormulaNode Right) : FormulaNode;

/// <summary>One of two values; only the chosen one is computed.</summary>
internal sealed record ConditionalNode(FormulaNode Condition, FormulaNode WhenTrue, FormulaNode WhenFalse)
    : FormulaNode;

/// <summary>A function of numbers.</summary>
internal sealed record CallNode(FormulaFunction Function, ImmutableArray<FormulaNode> Arguments) : FormulaNode;

/// <summary>A sum over the bytes of RAM from one address to another, both included.</summary>
/// <param name="First">First address.</param>
/// <param name="Last">Last address.</param>
/// <param name="Body">What is summed; the byte is its <see cref="ScannedByteNode"/>.</param>
/// <param name="CountsOnly">Each byte adds 1 where the body is not 0, instead of the body.</param>
internal sealed record ScanNode(int First, int Last, FormulaNode Body, bool CountsOnly) : FormulaNode;

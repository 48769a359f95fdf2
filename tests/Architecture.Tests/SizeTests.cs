using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DqnAspire.Architecture.Tests;

/// <summary>The limits of CONTRIBUTING.md: 120 columns, 80 lines for a method, 400 for a class.</summary>
public sealed class SizeTests
{
    private const int MaxColumns = 120;
    private const int MaxMethodLines = 80;
    private const int MaxTypeLines = 400;

    /// <summary>Types that are longer, and why. All parts of a partial type count together.</summary>
    private static readonly Dictionary<string, string> LongTypes = new()
    {
        ["Cpu6507"] = "One switch over 256 opcodes: the interpreter's state stays in registers only within one method.",
        ["ReferenceTia"] =
            "The slow twin in the tests follows the chip clock by clock, in the order of its description.",
    };

    /// <summary>Methods that are longer, and why. Attributes, such as the rows of a theory, do not count.</summary>
    private static readonly Dictionary<string, string> LongMethods = new()
    {
        ["Cpu6507.Interpret"] =
            "One switch over 256 opcodes: the interpreter's state stays in registers only within one method.",
    };

    private static readonly Lazy<IReadOnlyList<(string File, SyntaxNode Root)>> Sources = new(() =>
        [.. Repository.Files(".cs")
            .Select(file => (file, CSharpSyntaxTree.ParseText(Repository.Read(file)).GetRoot()))]);

    [Fact]
    public void NoLine_IsLongerThanTheLimit()
    {
        var lines = Repository.Files(".cs").SelectMany(file => Repository.Read(file).Split('\n')
            .Select((text, index) => (Where: $"{file}:{index + 1}", Columns: text.TrimEnd('\r').Length)));

        AssertNone(lines
            .Where(line => line.Columns > MaxColumns)
            .Select(line => $"{line.Where} has {line.Columns} columns"));
    }

    [Fact]
    public void NoMethod_IsLongerThanTheLimit_ButThoseWithAReason()
    {
        var methods = Sources.Value.SelectMany(source => source.Root.DescendantNodes()
            .OfType<BaseMethodDeclarationSyntax>()
            .Select(method => (source.File, Name: NameOf(method), Lines: LinesOf(Body(method)))));

        AssertNone(methods
            .Where(method => method.Lines > MaxMethodLines && !LongMethods.ContainsKey(method.Name))
            .Select(method => $"{method.File}: {method.Name} has {method.Lines} lines"));
    }

    [Fact]
    public void NoType_IsLongerThanTheLimit_ButThoseWithAReason()
    {
        var types = Sources.Value
            .SelectMany(source => source.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Where(type => type.Parent is BaseNamespaceDeclarationSyntax)
                .Select(type =>
                    (Folder: Path.GetDirectoryName(source.File), type.Identifier.Text, Lines: LinesOf(type))))
            .GroupBy(type => (Project: string.Join('/', type.Folder!.Split('/', '\\').Take(2)), type.Text))
            .Select(parts => (parts.Key.Project, Name: parts.Key.Text, Lines: parts.Sum(part => part.Lines)));

        AssertNone(types
            .Where(type => type.Lines > MaxTypeLines && !LongTypes.ContainsKey(type.Name))
            .Select(type => $"{type.Project}: {type.Name} has {type.Lines} lines"));
    }

    [Fact]
    public void EveryReason_IsStillNeeded()
    {
        var types = Sources.Value.SelectMany(source => source.Root.DescendantNodes().OfType<TypeDeclarationSyntax>());
        var methods =
            Sources.Value.SelectMany(source => source.Root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>());

        Assert.Empty(LongTypes.Keys.Except(types.GroupBy(type => type.Identifier.Text)
            .Where(parts => parts.Sum(LinesOf) > MaxTypeLines).Select(parts => parts.Key)));
        Assert.Empty(
            LongMethods.Keys.Except(methods.Where(method => LinesOf(Body(method)) > MaxMethodLines).Select(NameOf)));
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var text = string.Join('\n', faults);
        Assert.True(text.Length == 0, text);
    }

    private static string NameOf(BaseMethodDeclarationSyntax method)
    {
        var type = method.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text;
        return $"{type}.{(method as MethodDeclarationSyntax)?.Identifier.Text ?? ".ctor"}";
    }

    private static SyntaxNode Body(BaseMethodDeclarationSyntax method) =>
        (SyntaxNode?)method.Body ?? method.ExpressionBody ?? (SyntaxNode)method.ParameterList;

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}

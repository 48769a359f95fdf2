using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DqnAspire.Cli;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, one line: the list of all commands has it too.</param>
/// <param name="examples">Command lines, each with a remark.</param>
internal sealed class UserCommand(string name, string description, params (string Line, string Remark)[] examples)
    : Command(name, description)
{
    /// <summary>Makes the help of all commands below a root end with their examples.</summary>
    public static void ShowExamples(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    private void Print(TextWriter output)
    {
        output.WriteLine("Examples:");
        var width = examples.Max(example => example.Line.Length) + 2;
        foreach (var (line, remark) in examples)
        {
            output.WriteLine($"  {line.PadRight(width)}{remark}".TrimEnd());
        }

        output.WriteLine();
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            (parseResult.CommandResult.Command as UserCommand)?.Print(parseResult.InvocationConfiguration.Output);
            return exitCode;
        }
    }
}

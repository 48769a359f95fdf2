using System.CommandLine.Parsing;
using System.Numerics;
using DqnAspire.Core;

namespace DqnAspire.Monitoring;

/// <summary>Numbers on a command line, read as strictly as settings are.</summary>
public static class NumberArgument
{
    private const int MaxShown = 100;

    /// <summary>Reads the number of an option, for its <c>CustomParser</c>.</summary>
    /// <typeparam name="T">An integer type, or <see cref="double"/>.</typeparam>
    public static T? Optional<T>(ArgumentResult argument)
        where T : struct, INumber<T> => argument.Tokens.Count == 0 ? null : Required<T>(argument);

    /// <summary>Reads the number of an option, for its <c>CustomParser</c>.</summary>
    /// <typeparam name="T">An integer type, or <see cref="double"/>.</typeparam>
    public static T Required<T>(ArgumentResult argument)
        where T : struct, INumber<T>
    {
        var text = argument.Tokens.Count > 0 ? argument.Tokens[^1].Value : "";
        if (!NumberText.TryParse<T>(text, out var number))
        {
            var name = (argument.Parent as OptionResult)?.Option.Name ?? argument.Argument.Name;
            argument.AddError(
                $"Cannot parse argument '{OneLine.Of(text, MaxShown)}' for option '{name}' as a number"
                + $"{NumberText.Hint(text)}.");
        }

        return number;
    }
}

using DqnAspire.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace DqnAspire.ServiceDefaults;

/// <summary>
/// .NET's simple formatter, with messages that stay on their line: ids and paths of callers are logged, and what they
/// hold of escape sequences and line ends would otherwise reach the terminal.
/// </summary>
/// <param name="services">Has the simple formatter.</param>
internal sealed class LineConsoleFormatter(IServiceProvider services) : ConsoleFormatter(FormatterName)
{
    /// <summary>The formatter's name in <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "line";

    private const int MaxException = 20_000;

    private readonly Lazy<ConsoleFormatter> _simple = new(() => services.GetServices<ConsoleFormatter>().First(
        formatter => formatter.Name == ConsoleFormatterNames.Simple));

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var formatter = logEntry.Formatter;
        var exception = logEntry.Exception;
        var line = new LogEntry<TState>(
            logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.State, exception: null, (state, _) =>
            {
                var message = OneLine.Of(formatter(state, exception));
                return exception is null ? message : $"{message} {OneLine.Of(exception.ToString(), MaxException)}";
            });
        _simple.Value.Write(line, scopeProvider, textWriter);
    }
}

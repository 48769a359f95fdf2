using System.Globalization;
using System.Text;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Games;

namespace DqnAspire.Cli.Playing;

/// <summary>Shows a game in the terminal, at its own speed, and listens to keys.</summary>
/// <param name="show">What is watched.</param>
/// <param name="output">The terminal.</param>
internal sealed class TerminalPlayer(IShow show, TextWriter output)
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Leave = "\e[0m\e[?25h\e[?1049l";
    private const double SpeedFactor = 2;

    /// <summary>Columns below which the panel gives way to the picture.</summary>
    private const int ColumnsForPanel = 60;

    private static readonly TimeSpan KeyPeriod = TimeSpan.FromMilliseconds(30);

    private readonly Pace _pace = new(show.Film?.Format.FramesPerSecond ?? 1);
    private readonly SidePanel _panel = new(show);
    private HalfBlockScreen? _screen;
    private (int Columns, int Rows) _size;
    private IReadOnlyList<string> _lines = [];
    private bool _quits;
    private bool _skips;

    /// <summary>Plays to the end, or until somebody quits.</summary>
    /// <param name="played">Told of each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PlayAsync(Action<GameStep> played, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Enter).ConfigureAwait(false);
        try
        {
            do
            {
                _skips = false;
                await ShowAsync(null, cancellationToken).ConfigureAwait(false);
                while (!show.IsOver && !_quits && !_skips)
                {
                    var step = await show.StepAsync(cancellationToken).ConfigureAwait(false);
                    played(step);
                    await ShowAsync(step, cancellationToken).ConfigureAwait(false);
                }
            }
            while (!_quits && await show.NextEpisodeAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            output.Write(Leave);
            output.Flush();
        }
    }

    private async Task ShowAsync(GameStep? step, CancellationToken cancellationToken)
    {
        var film = show.Film;
        for (var i = 0; i < (film?.Count ?? 1) && !_quits && !_skips; i++)
        {
            var wait = _pace.Next();
            if (wait > TimeSpan.Zero)
            {
                output.Write(Draw(film, i, step));
                output.Flush();
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            }

            ReadKeys();
            while (_pace.IsPaused && !_quits && !_skips)
            {
                output.Write(Draw(film, i, step));
                output.Flush();
                await Task.Delay(KeyPeriod, cancellationToken).ConfigureAwait(false);
                ReadKeys();
            }
        }
    }

    private string Draw(Film? film, int picture, GameStep? step)
    {
        var text = new StringBuilder();
        var size = (Console.WindowWidth, Console.WindowHeight);
        if (size != _size)
        {
            _size = size;
            text.Append("\e[2J");
            _lines = [];
            _screen = film is null ? null
                : new HalfBlockScreen(film.Format, _size.Columns - (HasPanel ? SidePanel.Width + 1 : 0), _size.Rows);
        }

        if (film is not null)
        {
            text.Append(_screen!.Draw(film[picture].Span));
        }

        if (HasPanel)
        {
            var column = _size.Columns - SidePanel.Width + 1;
            var lines = _panel.Lines(step, _pace.IsPaused ? 0 : _pace.Speed, _size.Rows);
            for (var row = 0; row < lines.Count; row++)
            {
                if (row >= _lines.Count || _lines[row] != lines[row])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};{column}H{lines[row]}");
                }
            }

            _lines = lines;
        }

        return text.ToString();
    }

    private bool HasPanel => _size.Columns >= ColumnsForPanel;

    private void ReadKeys()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            switch (Console.ReadKey(intercept: true).KeyChar)
            {
                case ' ': _pace.TogglePause(); break;
                case 'q' or 'Q': _quits = true; break;
                case 'n' or 'N': _skips = true; break;
                case '+' or '=': _pace.Multiply(SpeedFactor); break;
                case '-': _pace.Multiply(1 / SpeedFactor); break;
            }
        }
    }
}

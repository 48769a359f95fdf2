using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari;
using Action = DqnAspire.Atari2600.Controllers.AtariAction;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

/// <summary>
/// A good player of Volley that reads the RAM: it goes to where the ball will come and meets it off the paddle's
/// middle, above or below as a coin falls, which makes it steep.
/// </summary>
/// <param name="game">The game.</param>
/// <param name="random">What the side of the contact is drawn from.</param>
/// <param name="frames">Frames an action.</param>
/// <param name="distance">How far from the paddle's middle the contact is meant to be, in lines.</param>
internal sealed class VolleyPlayer(AtariGame game, Pcg64 random, int frames, int distance)
{
    private const int PaddleColumn = 136;
    private const double PaddleSpeed = 3;
    private const int BallToMiddle = 7;
    private const double Middle = 109;

    private readonly VolleyMemory _memory = new(game);
    private readonly BallTracker _ball = new(40, 178);
    private bool _wentLeft;
    private int _aim;

    public int Choose()
    {
        var line = _ball.Foresee(_memory.BallX, _memory.BallY, PaddleColumn);
        if (_wentLeft && !_memory.GoesLeft)
        {
            _aim = random.Integers(0, 2) == 0 ? -distance : distance;
        }

        _wentLeft = _memory.GoesLeft;
        var way = (_memory.GoesLeft ? Middle : line) - BallToMiddle + _aim - _memory.PlayerY;
        var tolerance = PaddleSpeed * frames / 2;
        return (int)(way > tolerance ? Action.Down : way < -tolerance ? Action.Up : Action.Noop);
    }
}

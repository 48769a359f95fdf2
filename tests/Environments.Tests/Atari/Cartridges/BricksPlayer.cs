using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari;
using Action = DqnAspire.Atari2600.Controllers.AtariAction;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

/// <summary>
/// A good player of Bricks that reads the RAM: it goes to where the ball will come down and meets it at a point of the
/// paddle that it draws anew each time.
/// </summary>
/// <param name="game">The game.</param>
/// <param name="random">What the contact points are drawn from.</param>
/// <param name="frames">Frames an action.</param>
/// <param name="spread">How far from the paddle's middle the contact may be meant to be, in pixels.</param>
internal sealed class BricksPlayer(AtariGame game, Pcg64 random, int frames, int spread)
{
    private const int PaddleLine = 174;
    private const double PaddleSpeed = 4.3;
    private const int BallToMiddle = 6;

    private readonly BricksMemory _memory = new(game);
    private readonly BallTracker _ball = new(8, 148);
    private bool _wentUp;
    private long _aim;

    public int Choose()
    {
        var column = _ball.Foresee(_memory.BallY, _memory.BallX, PaddleLine);
        if (_wentUp && !_memory.GoesUp)
        {
            _aim = random.Integers(-spread, spread + 1);
        }

        _wentUp = _memory.GoesUp;
        if (!_memory.IsInPlay)
        {
            return (int)Action.Fire;
        }

        var way = column - BallToMiddle + _aim - _memory.PaddleX;
        var tolerance = PaddleSpeed * frames / 2;
        return (int)(way > tolerance ? Action.Right : way < -tolerance ? Action.Left : Action.Noop);
    }
}

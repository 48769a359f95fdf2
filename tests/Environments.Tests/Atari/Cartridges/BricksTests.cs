using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari;
using Action = DqnAspire.Atari2600.Controllers.AtariAction;
using Switches = DqnAspire.Atari2600.Controllers.ConsoleSwitches;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

[Trait("Category", "Slow")]
public sealed class BricksTests
{
    private const int AllBricks = 108;

    private readonly AtariGame _game = Play.Start("bricks");
    private readonly BricksMemory _memory;

    public BricksTests()
    {
        _memory = new BricksMemory(_game);
    }

    [Fact]
    public void SwitchedOn_NothingStartsWithoutReset()
    {
        _game.Console.SystemReset();
        for (var i = 0; i < 100; i++)
        {
            _game.Console.Step(StickInput.Fire);
        }

        Assert.Equal(
            (false, false, false, 0, AllBricks),
            (_memory.IsStarted, _memory.IsOver, _memory.IsInPlay, _memory.Lives, _memory.BricksLeft));
    }

    [Fact]
    public void ANewGame_HasFiveLivesAndAWholeWall()
    {
        Assert.Equal((true, false, false), (_memory.IsStarted, _memory.IsOver, _memory.IsInPlay));
        Assert.Equal((0, 5, AllBricks, 0), (_memory.Score, _memory.Lives, _memory.BricksLeft, _memory.WallsDown));
        Assert.Equal((5, false), (_game.Lives, _game.IsTerminal));
    }

    [Fact]
    public void TheBall_WaitsForFire()
    {
        _game.Act((int)Action.Noop, 500);
        Assert.False(_memory.IsInPlay);

        _game.Act((int)Action.Fire, 1);
        Assert.Equal((true, false), (_memory.IsInPlay, _memory.GoesUp));
    }

    [Fact]
    public void Serves_DifferWithTheMoment()
    {
        var serves = new HashSet<(byte, bool)>();
        for (var wait = 0; wait < 20; wait++)
        {
            _game.Reset();
            _game.Act((int)Action.Noop, wait);
            _game.Act((int)Action.Fire, 1);
            serves.Add((_memory.BallX, _memory.GoesLeft));
        }

        Assert.True(serves.Count >= 18, $"{serves.Count} of 20 serves are different.");
        Assert.Equal(2, serves.Select(serve => serve.Item2).Distinct().Count());
    }

    [Fact]
    public void RightAndLeft_TurnThePaddleFromWallToWall()
    {
        _game.Act((int)Action.Right, 40);
        Assert.Equal(136, _memory.PaddleX);
        _game.Act((int)Action.Left, 10);
        Assert.InRange(_memory.PaddleX, 95, 115);
        _game.Act((int)Action.Left, 30);
        Assert.Equal(8, _memory.PaddleX);
    }

    [Theory]
    [InlineData(0, 7, 3)]
    [InlineData(1, 7, 3)]
    [InlineData(2, 4, 0)]
    [InlineData(3, 4, 0)]
    [InlineData(4, 1, 0)]
    [InlineData(5, 1, 0)]
    public void ABrick_IsWorthWhatItsRowSays_AndTheUpperRowsMakeTheBallFastest(int row, int points, byte speed)
    {
        _game.Act((int)Action.Fire, 1);
        for (var below = row + 1; below < BricksMemory.Rows; below++)
        {
            _memory.Row(below).Clear();
        }

        var before = _memory.Row(row).ToArray();
        (_memory.BallX, _memory.BallY, _memory.GoesUp) = (80, (byte)(56 + (8 * row) + 10), true);

        var reward = _game.Act((int)Action.Noop, 4);

        Assert.Equal((points, points), (reward, _memory.Score));
        Assert.Equal((AllBricks - 1, false, speed), (_memory.BricksLeft, _memory.GoesUp, _memory.Speed));
        Assert.Equal(2, before.Zip(_memory.Row(row).ToArray(), (was, isNow) => int.PopCount(was ^ isNow)).Sum());
    }

    [Fact]
    public void TheBrickThatGoes_IsTheOneThatIsHit()
    {
        _game.Act((int)Action.Fire, 1);
        for (var column = 0; column < 18; column++)
        {
            (_memory.BallX, _memory.BallY, _memory.GoesUp) = ((byte)(8 + (8 * column) + 2), 106, true);
            _game.Act((int)Action.Noop, 4);

            Assert.Equal(AllBricks - 1 - column, _memory.BricksLeft);
            Assert.Equal(0, Pixel(8 + (8 * column) + 1, 56 + (5 * 8) + 4));
            Assert.Equal(0, Pixel(8 + (8 * column) + 6, 56 + (5 * 8) + 4));
        }

        Assert.Equal(18, _memory.Score);
    }

    /// <summary>
    /// From the paddle's left edge to its right one: the ball goes to that side, and the flatter the farther out.
    /// </summary>
    [Fact]
    public void TheContactPoint_SteersTheBall()
    {
        int[] travels = [.. Enumerable.Range(0, 19).Select(TravelAfterContact)];

        Assert.Equal(travels.Order(), travels);
        Assert.All(travels[..9], travel => Assert.True(travel < 0));
        Assert.All(travels[9..], travel => Assert.True(travel > 0));
        Assert.True(travels[^1] >= 3 * travels[9], string.Join(' ', travels));

        int TravelAfterContact(int contact)
        {
            _game.Reset();
            _game.Act((int)Action.Fire, 1);
            (_memory.BallX, _memory.BallY) = ((byte)(_memory.PaddleX - 3 + contact), 174);
            // To the right it moves by less than a pixel before it meets the paddle; the middle leaves it going there.
            _memory.GoesLeft = false;
            _game.Act((int)Action.Noop, 1);
            Assert.True(_memory.GoesUp);

            var from = _memory.BallX;
            _game.Act((int)Action.Noop, 16);
            return _memory.BallX - from;
        }
    }

    [Fact]
    public void FiveLostBalls_EndTheGame_AndResetStartsAnother()
    {
        var lives = new List<int> { _game.Lives };
        for (var frame = 0; frame < 10_000 && !_game.IsTerminal; frame++)
        {
            _game.Act((int)Action.LeftFire, 1);
            if (_game.Lives != lives[^1])
            {
                lives.Add(_game.Lives);
            }
        }

        Assert.Equal([5, 4, 3, 2, 1, 0], lives);
        Assert.Equal((true, true, 0), (_game.IsTerminal, _memory.IsOver, _memory.Lives));

        for (var frame = 0; frame < 200; frame++)
        {
            _game.Console.Step(StickInput.Fire);
        }

        Assert.Equal((true, false), (_memory.IsOver, _memory.IsInPlay));
        _game.Console.Step(StickInput.None, StickInput.None, Switches.Reset);
        Assert.Equal((false, 5, 0, AllBricks), (_memory.IsOver, _memory.Lives, _memory.Score, _memory.BricksLeft));
    }

    /// <summary>A whole game by a good player, with all that is written about it checked in every frame.</summary>
    [Fact]
    public void AWholeGame_KeepsItsRules()
    {
        var player = new BricksPlayer(_game, new Pcg64(5), frames: 1, spread: 4);
        var (sum, walls, fast, builds) = (0, 0, false, 0);
        var bricks = AllBricks;
        while (!_game.IsTerminal)
        {
            var reward = _game.Act(player.Choose());
            sum += reward;
            Assert.Equal(sum, _memory.Score);

            fast = _memory.IsInPlay && (fast || reward >= 7);
            var expected = fast ? 3 : _memory.Hits >= 12 ? 2 : _memory.Hits >= 4 ? 1 : 0;
            Assert.True(
                !_memory.IsInPlay || expected == _memory.Speed, $"speed {_memory.Speed} after {_memory.Hits} hits");

            if (_memory.WallsDown > walls)
            {
                walls++;
                Assert.Equal((432 * walls, 0), (_memory.Score, _memory.BricksLeft));
            }
            else if (_memory.BricksLeft > bricks)
            {
                builds++;
                Assert.Equal(0, bricks);
                Assert.Equal((AllBricks, 174, true), (_memory.BricksLeft, _memory.BallY, _memory.GoesUp));
            }

            bricks = _memory.BricksLeft;
            CheckPicture();
        }

        Assert.Equal((864, 2, 1), (sum, walls, builds));
        Assert.True(_memory.Lives > 0);
        Assert.Equal(0, _game.Lives);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 0)]
    public void AGoodPlayer_ClearsAWall(int frames, int spread)
    {
        var random = new Pcg64(864);
        var returns = Play.Returns(
            5, () => Play.Episode(_game, random, new BricksPlayer(_game, random, frames, spread).Choose, frames));
        Assert.All(returns, sum => Assert.InRange(sum, 432, 864));
    }

    [Fact]
    public void RandomPlay_ScoresNextToNothing() => Assert.InRange(Play.MeanOfRandomEpisodes("bricks", 30), 0.8, 2.4);

    /// <summary>The ball, the paddle and every brick are seen where they are.</summary>
    private void CheckPicture()
    {
        const byte Ball = 0x0E;
        if (!_memory.IsInPlay || _memory.BallY > 174)
        {
            return;
        }

        Assert.Equal((4 * 6) + (16 * 4), _game.Console.Screen.Count(Ball));
        for (var line = 0; line < 6; line++)
        {
            Assert.Equal(4, Line(_memory.BallY + line).Slice(_memory.BallX, 4).Count(Ball));
        }

        for (var line = 180; line < 184; line++)
        {
            Assert.Equal(16, Line(line).Slice(_memory.PaddleX, 16).Count(Ball));
        }

        var seen = 0;
        for (var brick = 0; brick < AllBricks; brick++)
        {
            var pixel = Pixel(8 + (8 * (brick % 18)) + 4, 56 + (8 * (brick / 18)) + 4);
            seen += pixel is not (0 or Ball) ? 1 : 0;
        }

        Assert.Equal(_memory.BricksLeft, seen);
    }

    /// <summary>
    /// A line of the picture as the cartridge counts: it begins three lines below the top of the screen.
    /// </summary>
    private ReadOnlySpan<byte> Line(int line) => _game.Console.Screen.Slice((line + 3) * 160, 160);

    private byte Pixel(int column, int line) => Line(line)[column];
}

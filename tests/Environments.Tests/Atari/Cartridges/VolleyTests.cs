using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari;
using Action = DqnAspire.Atari2600.Controllers.AtariAction;
using Switches = DqnAspire.Atari2600.Controllers.ConsoleSwitches;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

[Trait("Category", "Slow")]
public sealed class VolleyTests
{
    private const int Middle = 102;

    private readonly AtariGame _game = Play.Start("volley");
    private readonly VolleyMemory _memory;

    public VolleyTests()
    {
        _memory = new VolleyMemory(_game);
    }

    [Fact]
    public void SwitchedOn_NothingStartsWithoutReset()
    {
        _game.Console.SystemReset();
        for (var i = 0; i < 100; i++)
        {
            _game.Console.Step(StickInput.Fire | StickInput.Up);
        }

        Assert.Equal(
            (false, false, false, Middle), (_memory.IsStarted, _memory.IsOver, _memory.IsInPlay, _memory.PlayerY));
    }

    [Fact]
    public void ANewGame_IsNilNil()
    {
        Assert.Equal((true, false, false), (_memory.IsStarted, _memory.IsOver, _memory.IsInPlay));
        Assert.Equal(
            (0, 0, Middle, Middle), (_memory.PlayerScore, _memory.OpponentScore, _memory.PlayerY, _memory.OpponentY));
        Assert.False(_game.IsTerminal);
    }

    [Fact]
    public void TheBall_IsServedToThePlayerAfterASecond()
    {
        _game.Act((int)Action.Noop, 59);
        Assert.Equal((false, 1), (_memory.IsInPlay, _memory.ServeTimer));

        _game.Act((int)Action.Noop, 1);
        Assert.Equal((true, false), (_memory.IsInPlay, _memory.GoesLeft));
    }

    [Fact]
    public void Fire_ServesAtOnce()
    {
        _game.Act((int)Action.Fire, 1);
        Assert.True(_memory.IsInPlay);
    }

    [Theory]
    [InlineData(Action.Up, -30, 40)]
    [InlineData(Action.Right, -30, 40)]
    [InlineData(Action.UpRight, -30, 40)]
    [InlineData(Action.UpFire, -30, 40)]
    [InlineData(Action.Down, 30, 164)]
    [InlineData(Action.Left, 30, 164)]
    [InlineData(Action.DownLeftFire, 30, 164)]
    [InlineData(Action.UpLeft, 0, Middle)]
    [InlineData(Action.DownRight, 0, Middle)]
    [InlineData(Action.Noop, 0, Middle)]
    public void TheStick_MovesThePaddleUpToTheWalls(Action action, int afterTenFrames, int atLast)
    {
        _game.Act((int)action, 10);
        Assert.Equal(Middle + afterTenFrames, _memory.PlayerY);

        _game.Act((int)action, 40);
        Assert.Equal(atLast, _memory.PlayerY);
    }

    [Theory]
    [InlineData(StickInput.Up, 72, 40)]
    [InlineData(StickInput.Right, 72, 40)]
    [InlineData(StickInput.Down, 132, 164)]
    [InlineData(StickInput.Left | StickInput.Fire, 132, 164)]
    [InlineData(StickInput.Up | StickInput.Left, Middle, Middle)]
    public void ASecondPlayer_MovesTheLeftPaddle_AsTheFirstOneDoesTheRight(
        StickInput stick, int afterTenFrames, int atLast)
    {
        // The first player holds UP: neither stick moves the other's paddle.
        for (var frame = 0; frame < 50; frame++)
        {
            _game.Console.Step(StickInput.Up, stick, Switches.RightDifficultyA);
            if (frame == 9)
            {
                Assert.Equal((Middle - 30, afterTenFrames), (_memory.PlayerY, _memory.OpponentY));
            }
        }

        Assert.Equal((40, atLast), (_memory.PlayerY, _memory.OpponentY));
    }

    [Fact]
    public void WithoutTheSwitch_TheRightStickDoesNothing()
    {
        var alone = Play.Start("volley");
        for (var frame = 0; frame < 600; frame++)
        {
            _game.Console.Step(StickInput.Fire, (StickInput)(frame / 7 % 32));
            alone.Console.Step(StickInput.Fire);
            Assert.Equal(alone.Console.Ram, _game.Console.Ram);
        }
    }

    /// <summary>
    /// From above the paddle's middle to below it: the ball goes that way, and the steeper the farther out.
    /// </summary>
    [Fact]
    public void TheContactPoint_SteersTheBall()
    {
        int[] travels = [.. Enumerable.Range(0, 25).Select(TravelAfterContact)];

        Assert.Equal(travels.Order(), travels);
        Assert.All(travels[..12], travel => Assert.True(travel < 0));
        Assert.All(travels[12..], travel => Assert.True(travel > 0));
        Assert.True(travels[^1] >= 4 * travels[12], string.Join(' ', travels));

        int TravelAfterContact(int contact)
        {
            _game.Reset();
            _game.Act((int)Action.Fire, 1);
            (_memory.BallX, _memory.BallY) = (137, (byte)(_memory.PlayerY - 5 + contact));
            // Downwards it moves by less than a line before it meets the paddle; the middle leaves it going there.
            _memory.GoesUp = false;
            _game.Act((int)Action.Noop, 1);
            Assert.True(_memory.GoesLeft);

            var from = _memory.BallY;
            _game.Act((int)Action.Noop, 16);
            return _memory.BallY - from;
        }
    }

    [Fact]
    public void WhoDoesNothing_LosesEveryPoint()
    {
        var (sum, serves) = (0, 0);
        var wasInPlay = false;
        while (!_game.IsTerminal)
        {
            var reward = _game.Act((int)Action.Noop);
            sum += reward;
            Assert.InRange(reward, -1, 1);
            Assert.Equal(sum, _memory.PlayerScore - _memory.OpponentScore);
            if (_memory.IsInPlay && !wasInPlay)
            {
                serves++;
            }

            wasInPlay = _memory.IsInPlay;
        }

        Assert.Equal((21, true), (_memory.OpponentScore, _memory.IsOver));
        Assert.Equal(_memory.PlayerScore + _memory.OpponentScore, serves);
        Assert.True(sum <= -15);
    }

    [Fact]
    public void AfterTheEnd_OnlyResetStartsAnotherGame()
    {
        while (!_game.IsTerminal)
        {
            _game.Act((int)Action.UpFire);
        }

        for (var frame = 0; frame < 200; frame++)
        {
            _game.Console.Step(StickInput.Fire | StickInput.Down);
        }

        Assert.Equal((true, false, 40), (_memory.IsOver, _memory.IsInPlay, _memory.PlayerY));
        _game.Console.Step(StickInput.None, StickInput.None, Switches.Reset);
        Assert.Equal(
            (false, 0, 0, Middle), (_memory.IsOver, _memory.PlayerScore, _memory.OpponentScore, _memory.PlayerY));
    }

    /// <summary>A whole game by a good player, with all that is written about it checked in every frame.</summary>
    [Fact]
    public void AWholeGame_KeepsItsRules()
    {
        var player = new VolleyPlayer(_game, new Pcg64(21), frames: 4, distance: 6);
        var (fastest, wins, losses) = (0, 0, 0);
        var (lastOpponent, lastWay, turns, action) = (Middle, 0, 0, 0);
        for (var frame = 0; !_game.IsTerminal; frame++)
        {
            action = frame % 4 == 0 ? player.Choose() : action;
            var reward = _game.Act(action);
            wins += reward == 1 ? 1 : 0;
            losses += reward == -1 ? 1 : 0;
            Assert.Equal((wins, losses), (_memory.PlayerScore, _memory.OpponentScore));
            if (reward != 0)
            {
                Assert.False(_memory.IsInPlay);
                Assert.Equal(reward == 1, _memory.GoesLeft);
            }

            if (_memory.IsInPlay)
            {
                Assert.Equal(Math.Min(_memory.Hits / 4, 3), _memory.Speed);
                fastest = Math.Max(fastest, _memory.Speed);
                CheckPicture();
            }

            // The opponent moves by its speed, and does not tremble.
            var way = _memory.OpponentY - lastOpponent;
            Assert.InRange(way, -2, 2);
            turns = way * lastWay < 0 ? turns + 1 : 0;
            Assert.True(turns < 2, $"frame {frame}");
            (lastOpponent, lastWay) = (_memory.OpponentY, way);
        }

        Assert.Equal(21, wins);
        Assert.Equal(3, fastest);
    }

    [Fact]
    public void Games_DifferWithWhenTheStickIsHeld()
    {
        var lengths = new HashSet<int>();
        for (var noops = 0; noops < 8; noops++)
        {
            _game.Reset();
            _game.Act((int)Action.Noop, noops);
            var player = new VolleyPlayer(_game, new Pcg64(1), frames: 4, distance: 6);
            var actions = 0;
            for (; !_game.IsTerminal; actions++)
            {
                _game.Act(player.Choose(), 4);
            }

            lengths.Add(actions);
        }

        Assert.True(lengths.Count >= 6, $"{lengths.Count} of 8 games are different.");
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(4, 4)]
    public void AGoodPlayer_WinsNearlyEveryPoint(int frames, int distance)
    {
        var random = new Pcg64(21);
        var returns = Play.Returns(
            5, () => Play.Episode(_game, random, new VolleyPlayer(_game, random, frames, distance).Choose, frames));
        Assert.All(returns, sum => Assert.InRange(sum, 17, 21));
    }

    [Fact]
    public void RandomPlay_LosesClearly() => Assert.InRange(Play.MeanOfRandomEpisodes("volley", 30), -19.5, -17);

    /// <summary>The ball and both paddles are seen where they are.</summary>
    private void CheckPicture()
    {
        const byte Ball = 0x0E;
        const byte Opponent = 0x3A;
        const byte Player = 0xCA;
        const byte Wall = 0x08;
        var field = _game.Console.Screen.Slice((40 + 3) * 160, 144 * 160);
        Assert.Equal(4 * 6, field.Count(Ball));
        for (var line = 0; line < 6; line++)
        {
            Assert.Equal(4, Line(_memory.BallY + line).Slice(_memory.BallX, 4).Count(Ball));
        }

        Assert.Equal(7 * 160, _game.Console.Screen.Slice((32 + 3) * 160, 7 * 160).Count(Wall));
        Assert.Equal(7 * 160, _game.Console.Screen.Slice((184 + 3) * 160, 7 * 160).Count(Wall));

        // The ball is in front of the paddles.
        for (var line = 0; line < 20; line++)
        {
            Assert.Equal(0, Line(_memory.OpponentY + line).Slice(16, 4).IndexOfAnyExcept(Opponent, Ball) + 1);
            Assert.Equal(0, Line(_memory.PlayerY + line).Slice(140, 4).IndexOfAnyExcept(Player, Ball) + 1);
        }
    }

    /// <summary>
    /// A line of the picture as the cartridge counts: it begins three lines below the top of the screen.
    /// </summary>
    private ReadOnlySpan<byte> Line(int line) => _game.Console.Screen.Slice((line + 3) * 160, 160);
}

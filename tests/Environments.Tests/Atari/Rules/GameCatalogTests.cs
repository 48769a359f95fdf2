using System.Text.Json.Nodes;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Rules;

public sealed class GameCatalogTests
{
    private static readonly GameCatalog Catalog = GameCatalog.Default;

    [Fact]
    public void Default_HasAllGames()
    {
        Assert.Equal(106, Catalog.Games.Length);
        Assert.Equal(["bricks", "volley"], Catalog.Games[^2..].Select(game => game.Id));
        Assert.Equal(57, Catalog.Games.Count(game => game.IsAtari57));
        Assert.Equal(
            ["combat", "joust", "maze_craze", "warlords"], Catalog.Unsupported.Select(cartridge => cartridge.Id));
        Assert.Same(Catalog, GameCatalog.Default);
    }

    [Fact]
    public void Breakout_IsReadAsItIsWritten()
    {
        var game = Catalog.Get("breakout");
        Assert.Equal(("breakout", "Breakout", true), (game.Id, game.Name, game.IsAtari57));
        Assert.Equal(["f34f08e5eb96e500e851a80be3277a56"], game.Checksums);
        Assert.Equal(new CartridgeProperties(null, 2048, "2K"), game.Cartridge);
        Assert.Equal(
            new DisplayProperties(
                34, 210, 210, 160, Format: null, TelevisionFormat.Ntsc, Phosphor: false, HmoveBlanks: true),
            game.Display);
        Assert.Equal(
            new ControllerProperties(
                ControllerType.Paddles, ControllerType.Joystick, false, false, new PaddleProperties(27450, 790196, 0)),
            game.Controllers);
        Assert.Equal(ConsoleSwitches.None, game.Switches);
        Assert.Equal((ScoreKind.Bcd, RewardKind.ScoreDelta), (game.ScoreKind, game.RewardKind));
        Assert.Equal(
            ["score", "reward", "started", "terminal", "lives"], game.Variables.Select(variable => variable.Name));
        Assert.Equal([0, 0, 0, 0, 5], game.Variables.Select(variable => variable.InitialValue));
        Assert.Equal("started && ram[0xB9] == 0", game.Variables[3].Formula.Text);
        Assert.Equal("terminal ? 0 : lives", game.ReportedLives.Text);
        Assert.Equal([0, 1, 3, 4], game.MinimalActions);
        Assert.Empty(game.IllegalActions);
        Assert.Empty(game.StartingActions);
        Assert.Equal([0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44], game.Modes.Available);
        Assert.Equal(0, game.Modes.Default);
        Assert.Equal(2, game.Modes.Steps.Length);
        Assert.Equal([0, 1], game.Difficulties.Available);
        Assert.Equal(0, game.Difficulties.Default);
    }

    [Fact]
    public void WhatIsRare_IsReadToo()
    {
        Assert.True(Catalog.Get("pong").Controllers.SwapPaddles);
        Assert.Equal(1, Catalog.Get("pong").Controllers.Paddles!.PlayerAInput);
        Assert.Equal(1_000_000, Catalog.Get("backgammon").Controllers.Paddles!.MaxPosition);
        Assert.Equal(
            ["surround", "wizard_of_wor"],
            Catalog.Games.Where(game => game.Controllers.SwapPorts).Select(game => game.Id));
        Assert.Equal(4, Catalog.Games.Count(game => !game.Display.HmoveBlanks));
        Assert.Equal(
            10,
            Catalog.Games.Count(game => game.Display is { DetectedFormat: TelevisionFormat.Pal, ObservedHeight: 250 }));
        Assert.Equal(
            ["lost_luggage", "skiing"],
            Catalog.Games.Where(game => game.IllegalActions.Length > 0).Select(game => game.Id).Order());
        Assert.Equal([1, 10, 11, 12, 13, 14, 15, 16, 17], Catalog.Get("skiing").IllegalActions);
        Assert.Equal(
            [new StartingAction(StartingAction.Reset, 1), new StartingAction(4, 1)],
            Catalog.Get("sir_lancelot").StartingActions);
        Assert.Equal([3], Catalog.Get("backgammon").Difficulties.Available);
        Assert.Null(Catalog.Get("video_checkers").Variables[0].InitialValue);
        Assert.Equal(-1, Catalog.Get("hangman").Variables.Single(variable => variable.Name == "timer").InitialValue);
        Assert.Contains("PAL release", string.Concat(Catalog.Get("adventure").Notes));
    }

    [Fact]
    public void Find_LooksAtTheChecksumThenAtTheName()
    {
        const string Breakout = "F34F08E5EB96E500E851A80BE3277A56";
        Assert.Equal(new GameMatch(Catalog.Get("breakout"), true), Catalog.Find(Breakout, "whatever.bin"));
        Assert.Equal(new GameMatch(Catalog.Get("breakout"), true), Catalog.Find(Breakout, "pong.bin"));
        Assert.Equal(new GameMatch(Catalog.Get("ms_pacman"), false), Catalog.Find("00", "/roms/MS_Pacman.a26"));
        Assert.Null(Catalog.Find("00", "breakout2.bin"));
        Assert.Null(Catalog.Find("0ef64cdbecccb7049752a3de0b7ade14", "combat.bin"));
    }

    [Fact]
    public void Get_OfNoGame_SaysSo()
    {
        Assert.False(Catalog.TryGet("Breakout", out _));
        Assert.Contains("'nothing'", Assert.Throws<KeyNotFoundException>(() => Catalog.Get("nothing")).Message);
        Assert.Contains(
            "'nothing'",
            Assert.Throws<KeyNotFoundException>(() => new GameState(Catalog.Get("pong"))["nothing"]).Message);
    }

    [Fact]
    public void AnotherFile_IsMerged()
    {
        var file = RuleFile.With(game =>
        {
            game["id"] = "our_game";
            game["md5"] = new JsonArray("0123456789abcdef0123456789abcdef");
        });
        var own = RuleFile.Load(file);
        Assert.Equal(["our_game"], own.Games.Select(game => game.Id));

        var both = Catalog.Merge(own);
        Assert.Equal(107, both.Games.Length);
        Assert.Equal("our_game", both.Games[^1].Id);
        Assert.True(both.Find("0123456789abcdef0123456789abcdef", "x.bin")!.ChecksumMatches);
        Assert.Equal(4, both.Unsupported.Length);

        Assert.Contains(
            "'breakout'",
            Assert.Throws<GameRuleException>(() => Catalog.Merge(RuleFile.Load(RuleFile.With(_ => { })))).Message);
        var sameImage = RuleFile.Load(RuleFile.With(game => game["id"] = "our_game"));
        Assert.Contains(
            "breakout has the checksum", Assert.Throws<GameRuleException>(() => Catalog.Merge(sameImage)).Message);
    }

    [Fact]
    public void Restore_OfAnotherRulesValues_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GameState(Catalog.Get("pong")).Restore([1, 2]));

    [Fact]
    public void TooLittleMemory_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GameState(Catalog.Get("pong")).Advance(new SmallMemory()));

    private sealed class SmallMemory : IGameMemory
    {
        public ReadOnlySpan<byte> Ram => new byte[127];

        public byte Peek(int address) => 0;
    }
}

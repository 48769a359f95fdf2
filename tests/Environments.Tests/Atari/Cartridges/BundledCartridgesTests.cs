using System.Security.Cryptography;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

public sealed class BundledCartridgesTests
{
    [Fact]
    public void Ids_AreThoseOfBothGames() => Assert.Equal(["bricks", "volley"], BundledCartridges.Ids);

    [Theory]
    [InlineData("bricks")]
    [InlineData("volley")]
    public void AnImage_IsTheOneThatItsRuleWasMadeFor(string id)
    {
        Assert.True(BundledCartridges.TryGet(id, out var image));

        Assert.Equal(4096, image.Length);
        Assert.Equal(image, BundledCartridges.Get(id));
        var match = GameCatalog.Default.Find(Convert.ToHexString(MD5.HashData(image.Span)), "whatever.bin");
        Assert.Equal(new GameMatch(GameCatalog.Default.Get(id), ChecksumMatches: true), match);
    }

    [Fact]
    public void AnotherGame_IsNotThere()
    {
        Assert.False(BundledCartridges.TryGet("breakout", out var image));
        Assert.True(image.IsEmpty);
        Assert.Contains(
            "'breakout'", Assert.Throws<KeyNotFoundException>(() => BundledCartridges.Get("breakout")).Message);
    }
}

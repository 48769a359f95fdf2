using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Atari2600.Tests.Controllers;

public sealed class AtariActionTests
{
    [Fact]
    public void EveryAction_PressesWhatItsNameSays()
    {
        foreach (var action in Enum.GetValues<AtariAction>())
        {
            var name = action.ToString();
            var expected = StickInput.None;
            foreach (var part in Enum.GetValues<StickInput>().Where(part => part != StickInput.None))
            {
                if (name.Contains(part.ToString(), StringComparison.Ordinal))
                {
                    expected |= part;
                }
            }

            Assert.Equal((action, expected), (action, action.ToInput()));
        }
    }

    [Fact]
    public void TheNumbersAreAles()
    {
        string[] names =
        [
            "Noop", "Fire", "Up", "Right", "Left", "Down", "UpRight", "UpLeft", "DownRight", "DownLeft", "UpFire",
            "RightFire", "LeftFire", "DownFire", "UpRightFire", "UpLeftFire", "DownRightFire", "DownLeftFire",
        ];
        Assert.Equal(AtariActions.Count, names.Length);
        Assert.Equal(names, Enumerable.Range(0, AtariActions.Count).Select(number => ((AtariAction)number).ToString()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(18)]
    public void ANumberThatIsNoAction_IsRefused(int number) =>
        Assert.Equal(
            "action", Assert.Throws<ArgumentOutOfRangeException>(() => ((AtariAction)number).ToInput()).ParamName);
}

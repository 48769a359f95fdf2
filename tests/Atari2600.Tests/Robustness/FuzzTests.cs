using DqnAspire.Atari2600.Controllers;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Atari2600.Tests.Robustness;

/// <summary>Whatever a cartridge holds, the console runs it to the end of the frame or of ALE's patience.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(2048)]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(16384)]
    [InlineData(32768)]
    public void AnyImage_Runs(int size) =>
        Prop.ForAll<DoNotSize<int>>(
            seed =>
            {
                var random = new Random(seed.Item);
                Play(RandomPrograms.Noise(random, size), random);
                Play(RandomPrograms.LivelyNoise(random, size), random);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void AnyKernel_Runs() =>
        Prop.ForAll<DoNotSize<int>>(
            seed =>
            {
                var random = new Random(seed.Item);
                Play(RandomPrograms.Kernel(random), random);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static void Play(byte[] image, Random random)
    {
        var console = new AtariConsole(image, Options(random));
        for (var frame = 0; frame < 12; frame++)
        {
            if (random.Next(8) == 0)
            {
                console.Reset();
            }

            console.Step(Input(random), Input(random), (ConsoleSwitches)random.Next(32), draw: random.Next(3) != 0);
            Assert.Equal(128, console.Ram.Length);
            Assert.Equal(console.Height * 160, console.Screen.Length);
            Assert.InRange(console.Cycles, 0, int.MaxValue);
            Assert.Equal(0, console.Collisions & ~0xDFFF);
            for (var item = 0; item < 5; item++)
            {
                Assert.InRange(PositionOf(console, item), 0, 159);
            }
        }
    }

    private static unsafe int PositionOf(AtariConsole console, int item) => console.State.Tia.Positions[item];

    private static StickInput Input(Random random) => (StickInput)random.Next(32);

    private static ConsoleOptions Options(Random random) => new()
    {
        FirstLine = random.Next(65),
        Height = random.Next(1, 257),
        LeftController = (ControllerType)random.Next(2),
        RightController = (ControllerType)random.Next(2),
        SwapPaddles = random.Next(2) == 0,
        SwapPorts = random.Next(2) == 0,
        HmoveBlanks = random.Next(2) == 0,
    };
}

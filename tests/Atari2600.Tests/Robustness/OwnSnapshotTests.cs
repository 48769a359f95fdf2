using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Controllers;

namespace DqnAspire.Atari2600.Tests.Robustness;

/// <summary>What a console saves, it takes back, whatever a cartridge has done to it.</summary>
public sealed class OwnSnapshotTests
{
    /// <summary>Sizes of images, and with them boards.</summary>
    public static TheoryData<int> Sizes => [2048, 4096, 8192, 10240, 10495, 12288, 16384, 32768];

    /// <summary>
    /// The largest window of all, after a reset in the middle of a frame: the picture is filled to its last pixel.
    /// </summary>
    [Fact]
    public void AFrameThatIsDrawnFromLineZero_FillsThePicture()
    {
        var image = new byte[4096];
        image.AsSpan().Fill(0xEA);
        (image[0], image[1], image[2]) = (0x4C, 0x00, 0xF0);
        (image[^4], image[^3]) = (0x00, 0xF0);
        var console = new AtariConsole(image, new ConsoleOptions
        {
            FirstLine = ConsoleOptions.MaxFirstLine,
            Height = ConsoleOptions.MaxHeight,
        });
        console.Step(StickInput.None);
        Assert.True(console.IsFramePartial);

        console.SystemReset();
        console.Restore(console.Save());
        console.Step(StickInput.None);
        console.Restore(console.Save());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void WhatAConsoleSaves_ItTakesBack(int size)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random((seed * 1000) + size);
            var console = new AtariConsole(Image(random, size), Options(random));
            for (var frame = 0; frame < 16; frame++)
            {
                if (random.Next(6) == 0)
                {
                    console.SystemReset();
                }

                console.Step(
                    (StickInput)random.Next(32),
                    (StickInput)random.Next(32),
                    (ConsoleSwitches)random.Next(32),
                    draw: random.Next(3) != 0);
                console.Restore(console.Save());
            }
        }
    }

    /// <summary>Noise, sometimes with the sign of a board that needs one.</summary>
    private static byte[] Image(Random random, int size)
    {
        while (true)
        {
            var image = random.Next(2) == 0
                ? RandomPrograms.Noise(random, size)
                : RandomPrograms.LivelyNoise(random, size);
            Sign(image, random);
            try
            {
                CartridgeDetector.Detect(image);
                return image;
            }
            catch (CartridgeException)
            {
                // A sign of a board that this console does not have.
            }
        }
    }

    private static void Sign(byte[] image, Random random)
    {
        byte[] sign = random.Next(7) switch
        {
            0 => [0x8D, 0x40, 0x02],
            1 => [0x8D, 0xE0, 0x1F],
            2 => [0x20, 0x00, 0xD0, 0xC6, 0xC5],
            3 => [0x85, 0x3F, 0xEA, 0x85, 0x3F],
            4 => [0x9D, 0xFF, 0xF3],
            _ => [],
        };
        sign.CopyTo(image, 600);
        if (image.Length >= 8192 && random.Next(4) == 0)
        {
            // RAM at the start of each bank; for 16 KiB that of M Network.
            for (var bank = 0; bank + 4096 <= image.Length; bank += 4096)
            {
                image.AsSpan(bank, 256).Fill(image[bank]);
            }

            if (image.Length == 16384 && random.Next(2) == 0)
            {
                image.AsSpan(0x3800, 0x200).Fill(0xFF);
            }
        }
    }

    /// <summary>The extremes as often as all the rest.</summary>
    private static ConsoleOptions Options(Random random) => new()
    {
        FirstLine = random.Next(2) == 0 ? ConsoleOptions.MaxFirstLine : random.Next(ConsoleOptions.MaxFirstLine + 1),
        Height = random.Next(2) == 0 ? ConsoleOptions.MaxHeight : random.Next(1, ConsoleOptions.MaxHeight + 1),
        HmoveBlanks = random.Next(2) == 0,
    };
}

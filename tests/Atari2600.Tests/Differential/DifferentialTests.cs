using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Snapshots;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tests.Reference;

namespace DqnAspire.Atari2600.Tests.Differential;

/// <summary>
/// The emulator against the slow reference console, in lockstep on random cartridges. "Equal" means after every frame:
/// cycles, lines, picture, RAM and collision latches. <c>DIFFERENTIAL_SEEDS</c> sets how many cartridges are tried.
/// </summary>
[Trait("Category", "Slow")]
public class DifferentialTests
{
    private const int Frames = 12;
    private const int Blocks = 8;

    public static IEnumerable<TheoryDataRow<int>> AllBlocks =>
        Enumerable.Range(0, Blocks).Select(block => new TheoryDataRow<int>(block));

    private static int SeedsPerBlock =>
        (int.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEEDS"), out var seeds) ? seeds : 96) / Blocks;

    [Theory]
    [MemberData(nameof(AllBlocks))]
    public void EveryFrame_OfARandomCartridge_IsThatOfTheReference(int block)
    {
        for (var i = 0; i < SeedsPerBlock; i++)
        {
            Compare((block * SeedsPerBlock) + i);
        }
    }

    [Theory]
    [MemberData(nameof(AllBlocks))]
    public void UndrawnFrames_ChangeNothingButThePicture(int block)
    {
        for (var i = 0; i < SeedsPerBlock; i++)
        {
            var seed = (block * SeedsPerBlock) + i;
            var cartridge = new RandomCartridge(seed);
            var drawn = Create(cartridge);
            var undrawn = Create(cartridge);
            var actions = new Random(seed);
            for (var frame = 0; frame < 3 * Frames; frame++)
            {
                var input = ((AtariAction)actions.Next(AtariActions.Count)).ToInput();
                drawn.Step(input);
                undrawn.Step(input, draw: false);
                Assert.True(
                    Summary(drawn) == Summary(undrawn),
                    $"seed {seed}, frame {frame}:\n  drawn   {Summary(drawn)}\n  undrawn {Summary(undrawn)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllBlocks))]
    public void ARestoredConsole_ContinuesAsTheFirstOneDid(int block)
    {
        for (var i = 0; i < SeedsPerBlock; i++)
        {
            var seed = (block * SeedsPerBlock) + i;
            var cartridge = new RandomCartridge(seed);
            var first = Create(cartridge);
            var random = new Random(seed);
            for (var frame = random.Next(20); frame > 0; frame--)
            {
                first.Step(((AtariAction)random.Next(AtariActions.Count)).ToInput());
            }

            var saved = first.Save().ToArray();
            var second = first.Clone();
            var third = Create(cartridge);
            third.Step(StickInput.Fire);
            third.Restore(ConsoleSnapshot.FromBytes(saved));
            for (var frame = 0; frame < Frames; frame++)
            {
                var input = ((AtariAction)random.Next(AtariActions.Count)).ToInput();
                foreach (var console in (AtariConsole[])[first, second, third])
                {
                    console.Step(input);
                }

                Assert.True(Summary(first) == Summary(second), $"seed {seed}, frame {frame}: the clone differs");
                Assert.True(
                    Summary(first) == Summary(third), $"seed {seed}, frame {frame}: the restored console differs");
                Assert.True(
                    first.Screen.SequenceEqual(second.Screen),
                    $"seed {seed}, frame {frame}: the clone's picture differs");
                Assert.True(
                    first.Screen.SequenceEqual(third.Screen),
                    $"seed {seed}, frame {frame}: the restored console's picture differs");
            }
        }
    }

    private static AtariConsole Create(RandomCartridge cartridge)
    {
        var console = new AtariConsole(cartridge.Image, cartridge.Options);
        console.Reset();
        return console;
    }

    private static void Compare(int seed)
    {
        var cartridge = new RandomCartridge(seed);
        var console = Create(cartridge);
        var reference = CreateReference(cartridge, console.Detection.Scheme);
        reference.Reset();
        var actions = new Random(seed);
        for (var frame = 0; frame < Frames; frame++)
        {
            var action = actions.Next(AtariActions.Count);
            console.Step(((AtariAction)action).ToInput());
            reference.Step(action);

            var expected =
                $"cycles {(int)reference.Cycles} lines {(int)reference.Scanlines} collisions {reference.Collisions:X4} "
                + $"RAM {Convert.ToHexString(reference.Ram)}";
            Assert.True(
                expected == Summary(console),
                $"seed {seed}, {console.Detection.Scheme}, frame {frame}:\n"
                + $"  reference {expected}\n  ours      {Summary(console)}");
            var pixel = console.Screen.CommonPrefixLength(reference.Screen);
            Assert.True(
                pixel == console.Screen.Length,
                $"seed {seed}, {console.Detection.Scheme}, frame {frame}: "
                + $"row {pixel / AtariConsole.Width}, pixel {pixel % AtariConsole.Width} differs");
        }
    }

    private static string Summary(AtariConsole console) =>
        $"cycles {console.Cycles} lines {console.ScanLines} collisions {console.Collisions:X4} "
        + $"RAM {Convert.ToHexString(console.Ram)}";

    private static ReferenceConsole CreateReference(RandomCartridge cartridge, CartridgeScheme scheme)
    {
        var options = cartridge.Options;
        var name = scheme switch
        {
            CartridgeScheme.Rom2K => "2K",
            CartridgeScheme.Rom4K => "4K",
            CartridgeScheme.F8Superchip => "F8SC",
            CartridgeScheme.F6Superchip => "F6SC",
            CartridgeScheme.F4Superchip => "F4SC",
            CartridgeScheme.FA => "FASC",
            CartridgeScheme.Tigervision3F => "3F",
            CartridgeScheme.Dpc => "DPC",
            _ => scheme.ToString(),
        };
        return new ReferenceConsole(cartridge.Image, name, new ReferenceOptions
        {
            LeftPaddles = options.LeftController == ControllerType.Paddles,
            RightPaddles = options.RightController == ControllerType.Paddles,
            SwapPaddles = options.SwapPaddles,
            SwapPorts = options.SwapPorts,
            YStart = options.FirstLine,
            Height = options.Height,
            HmoveBlanks = options.HmoveBlanks,
            Format = options.Format == TelevisionFormat.Pal ? ReferenceFormat.Pal : ReferenceFormat.AutoDetect,
        });
    }
}

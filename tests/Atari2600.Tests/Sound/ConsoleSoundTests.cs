using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Sound;

public sealed class ConsoleSoundTests
{
    [Fact]
    public void AFrame_HasTwoSamplesALine()
    {
        var console = new AtariConsole(Programs.Frames(0, 262, 280, 200)) { IsHeard = true };
        console.Step(StickInput.None);
        var lines = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            console.Step(StickInput.None);
            Assert.Equal(2 * console.ScanLines, console.Sound.Length);
            lines.Add(console.ScanLines);
        }

        Assert.Equal([200, 200, 262, 262, 280, 280], lines.Order());
    }

    [Fact]
    public void AWrite_IsHeardFromItsLineOn()
    {
        // Both channels at their volume, the second from line 97 on, up to the end of the frame.
        var assembler = new Assembler();
        assembler.Set(WriteRegister.AUDV0, 15);
        var loop = assembler.Here;
        var program = assembler.VerticalSync()
            .Set(WriteRegister.AUDV1, 0)
            .WaitLines(97)
            .Set(WriteRegister.AUDV1, 5)
            .WaitLines(162)
            .Jmp(loop).Image;
        var console = new AtariConsole(program) { IsHeard = true };
        console.Step(StickInput.None);
        console.Step(StickInput.None);
        console.Step(StickInput.None);

        var levels = console.Sound.ToArray();

        Assert.Equal(2 * 262, levels.Length);
        Assert.All(levels[..(2 * 97)], level => Assert.Equal(128 + (4 * 15), level));
        Assert.All(levels[(2 * 97)..], level => Assert.Equal(128 + (4 * 20), level));
    }

    [Fact]
    public void Listening_ChangesNothing()
    {
        var program = Programs.Frames(0x44, 262, 263, 40);
        var (silent, heard) = (new AtariConsole(program), new AtariConsole(program) { IsHeard = true });
        for (var i = 0; i < 20; i++)
        {
            silent.Step(StickInput.Fire);
            heard.Step(StickInput.Fire);
            Assert.Equal(silent.Save().ToArray(), heard.Save().ToArray());
        }

        Assert.True(silent.Sound.IsEmpty);
    }

    [Fact]
    public void ASnapshot_IsHeardFromItsPlace()
    {
        var console = new AtariConsole(Programs.Idle) { IsHeard = true };
        console.Step(StickInput.None);
        var early = console.Save();
        var samples = console.Sound.Length;

        console.Step(StickInput.None);
        console.Step(StickInput.None);
        console.Restore(early);
        console.Step(StickInput.None);

        // A program without frames: every call goes on in the same one.
        Assert.InRange(samples, 1000, 4000);
        Assert.InRange(console.Sound.Length, samples - 2, samples + 2);
    }

    [Fact]
    public void ListeningAllocatesNothing_WhenTheSamplesHaveTheirRoom()
    {
        var console = new AtariConsole(Programs.Frames(0, 262)) { IsHeard = true };
        console.Step(StickInput.None);
        console.Step(StickInput.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        console.Step(StickInput.None);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

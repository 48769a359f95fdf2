using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DqnAspire.Environments.Atari;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

public sealed class AssemblyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("bricks")]
    [InlineData("volley")]
    public async Task TheSource_AssemblesToTheCommittedImage(string id)
    {
        var folder = Path.Combine(Cartridges(), id);
        Assert.SkipUnless(
            Directory.Exists(folder), "The sources of the cartridges are not where the tests were built.");
        var output = Path.GetTempFileName();
        try
        {
            using var dasm = Start(folder, $"{id}.asm", "-f3", $"-o{output}");
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            giveUp.CancelAfter(Patience);
            var messages = await dasm.StandardOutput.ReadToEndAsync(giveUp.Token);
            await dasm.WaitForExitAsync(giveUp.Token);

            Assert.True(dasm.ExitCode == 0, messages);
            Assert.Equal(BundledCartridges.Get(id).ToArray(), await File.ReadAllBytesAsync(output, giveUp.Token));
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static Process Start(string folder, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("dasm", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            };
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("dasm is not installed (Debian package dasm).");
            throw;
        }
    }

    private static string Cartridges([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../../cartridges"));
}

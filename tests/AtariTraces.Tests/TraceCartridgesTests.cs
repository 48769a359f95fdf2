using DqnAspire.AtariTraces.Cartridges;

namespace DqnAspire.AtariTraces.Tests;

public sealed class TraceCartridgesTests
{
    [Fact]
    public void TheVerificationCartridges_AreAlwaysThere()
    {
        var shelf = TraceCartridges.With();

        Assert.Equal(
            ["bank_f4sc", "bank_f6", "bank_f8", "cpufuzz_a", "padball", "riotfuzz_a", "tiafuzz_a"], shelf.Images.Select(
                image => image.Name));
        Assert.All(shelf.Images, image => Assert.Same(image, shelf.Find(image.Checksum)));
    }

    [Fact]
    public void CartridgesOfAFolder_ComeFirst()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-cartridges-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "zeros.bin"), new byte[2048]);

            var shelf = TraceCartridges.With(folder.FullName);

            Assert.Equal("zeros", shelf.Images[0].Name);
            Assert.Equal(VerificationCartridges.All.Length + 1, shelf.Images.Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

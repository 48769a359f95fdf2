using DqnAspire.AtariTraces.Cartridges;

namespace DqnAspire.AtariTraces.Tests;

public sealed class CartridgeLibraryTests
{
    /// <summary>The MD5 of 2048 zeros.</summary>
    private const string Zeros = "c99a74c555371a433d121f551d6c6398";

    [Fact]
    public void AFile_IsFoundByItsChecksum_WhateverItsName()
    {
        var folder = Directory.CreateTempSubdirectory("dqn-cartridges-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "any.name"), new byte[2048]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "z-copy.bin"), new byte[2048]);

            var library = new CartridgeLibrary(folder.FullName, Path.Combine(folder.FullName, "missing"));

            Assert.Equal(("any.name", "any", 2048), Describe(library.Find(Zeros)));
            Assert.Null(library.Find(Zeros.ToUpperInvariant()));
            Assert.Equal(VerificationCartridges.All.Length + 1, library.Images.Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void TheVerificationCartridges_AreInEveryLibrary()
    {
        var library = new CartridgeLibrary();

        Assert.Equal(
            ["bank_f4sc", "bank_f6", "bank_f8", "cpufuzz_a", "padball", "riotfuzz_a", "tiafuzz_a"], library.Images.Select(image => image.Name));
        Assert.All(library.Images, image => Assert.Same(image, library.Find(image.Checksum)));
    }

    private static (string FileName, string Name, int Size)? Describe(CartridgeImage? image) =>
        image is null ? null : (image.FileName, image.Name, image.Bytes.Length);
}

using System.IO.Compression;
using System.Security.Cryptography;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

public class CartridgeShelfTests
{
    /// <summary>The MD5 of 2048 zeros.</summary>
    private const string Zeros = "c99a74c555371a433d121f551d6c6398";

    [Fact]
    public void AMissingCartridge_IsNamedWithChecksumAndFolder()
    {
        using var folder = new TemporaryFolder();
        var rule = GameCatalog.Default.Get("breakout");

        var text = Open(folder.Path).Explain(rule);

        Assert.Contains("breakout.bin", text);
        Assert.Contains(rule.Checksums[0], text);
        Assert.Contains(folder.Path, text);
        Assert.Contains("ROMS_DIR names; it is not set", Open().Explain(rule));
    }

    [Fact]
    public void AFile_IsFoundByItsChecksum_WhateverItsName()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "any.name"), new byte[2048]);
        File.WriteAllBytes(Path.Combine(folder.Path, "z-copy.bin"), new byte[2048]);

        var shelf = Open(folder.Path);

        Assert.Equal(
            ("any.name", "any", 2048),
            (shelf.Find(Zeros)!.FileName, shelf.Find(Zeros)!.Name, shelf.Find(Zeros)!.Bytes.Length));
        Assert.Single(shelf.Images);
        Assert.Null(shelf.Find("00000000000000000000000000000000"));
    }

    [Fact]
    public void Cartridges_AreFoundInFoldersOfAFolder_AndInZipFiles()
    {
        using var folder = new TemporaryFolder();
        var image = new byte[4096];
        new Random(1).NextBytes(image);
        var rule = RuleWith(Convert.ToHexStringLower(MD5.HashData(image)));
        Directory.CreateDirectory(Path.Combine(folder.Path, "deep"));
        File.WriteAllBytes(Path.Combine(folder.Path, "deep", "whatever.a26"), image);

        var found = Open(folder.Path).Find(rule);

        Assert.NotNull(found);
        Assert.Equal(image, found.Image.ToArray());
        Assert.Null(found.Warning);

        using var other = new TemporaryFolder();
        ZipFile.CreateFromDirectory(folder.Path, Path.Combine(other.Path, "collection.zip"));
        Assert.Equal(image, Open(other.Path).Find(rule)?.Image.ToArray());
    }

    [Fact]
    public void ACartridgeWithTheNameOnly_IsTakenWithAWarning()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "Pong.bin"), new byte[2048]);

        var found = Open(folder.Path).Find(GameCatalog.Default.Get("pong"));

        Assert.NotNull(found);
        Assert.Contains("Pong.bin has the name of Pong", found.Warning);
    }

    [Fact]
    public void AFolderThatIsNotThere_IsNamed() =>
        Assert.Contains("There is no folder", Open("/no/such/folder").Explain(GameCatalog.Default.Get("pong")));

    [Fact]
    public void AFileInPlaceOfTheFolder_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "roms");
        File.WriteAllText(file, "no folder");

        Assert.Contains($"{file} is a file, not a folder.", Open(file).Explain(GameCatalog.Default.Get("pong")));
    }

    /// <summary>A damaged archive does not hide what else is in the folder.</summary>
    [Fact]
    public void AZipFileThatIsNone_IsNamed_AndTheOthersAreFound()
    {
        using var folder = new TemporaryFolder();
        var broken = Path.Combine(folder.Path, "broken.zip");
        File.WriteAllText(broken, "no zip file");
        File.WriteAllBytes(Path.Combine(folder.Path, "zeros.bin"), new byte[2048]);

        var shelf = Open(folder.Path);

        Assert.NotNull(shelf.Find(Zeros));
        Assert.Contains(broken, shelf.Explain(GameCatalog.Default.Get("pong")));
    }

    [Fact]
    public void AFileWithoutPermission_IsNamed_AndTheOthersAreFound()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no permissions of this kind.");
            return;
        }

        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Nothing is forbidden to root.");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "zeros.bin"), new byte[2048]);
        var forbidden = Path.Combine(folder.Path, "forbidden.bin");
        File.WriteAllBytes(forbidden, new byte[4096]);
        File.SetUnixFileMode(forbidden, UnixFileMode.None);

        var shelf = Open(folder.Path);

        Assert.NotNull(shelf.Find(Zeros));
        Assert.Contains(forbidden, shelf.Problem);
    }

    private static CartridgeShelf Open(params string[] folders) => new(folders);

    private static GameRule RuleWith(string checksum) =>
        GameCatalog.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(RuleFile(checksum))), "test.json")
            .Games[0];

    /// <summary>The rule of Volley for another cartridge.</summary>
    private static string RuleFile(string checksum)
    {
        using var stream = typeof(GameCatalog).Assembly.GetManifestResourceStream("cartridges/games.json")!;
        var file = System.Text.Json.Nodes.JsonNode.Parse(stream)!;
        var games = file["games"]!.AsArray();
        var game = games[^1]!;
        game["id"] = "elsewhere";
        game["md5"] = new System.Text.Json.Nodes.JsonArray(checksum);
        games.RemoveAt(0);
        return file.ToJsonString();
    }
}

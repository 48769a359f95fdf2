using System.IO.Compression;
using System.Security.Cryptography;
using DqnAspire.Environments.Atari;
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

    [Fact]
    public void APackedImage_IsFound_UnderTheNameWithoutThePacking()
    {
        using var folder = new TemporaryFolder();
        using (var packed = new GZipStream(
            File.Create(Path.Combine(folder.Path, "pong.bin.gz")), CompressionLevel.Optimal))
        {
            packed.Write(new byte[2048]);
        }

        var shelf = Open(folder.Path);

        Assert.Equal(("pong", 2048), (shelf.Find(Zeros)!.Name, shelf.Find(Zeros)!.Bytes.Length));
        Assert.NotNull(shelf.Find(GameCatalog.Default.Get("pong")));
    }

    /// <summary>What unpacks to more than any cartridge has is passed over.</summary>
    [Fact]
    public void APackedFileThatIsTooLong_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var bomb = Path.Combine(folder.Path, "bomb.gz");
        using (var packed = new GZipStream(File.Create(bomb), CompressionLevel.Optimal))
        {
            packed.Write(new byte[4 << 20]);
        }

        Assert.Contains(bomb, Open(folder.Path).Problem);
    }

    /// <summary>Links to the folder itself, as often as one likes: every folder is entered once.</summary>
    [Fact]
    public void Links_AreFollowedOnce()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(other.Path, "zeros.bin"), new byte[2048]);
        for (var i = 0; i < 3; i++)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, $"self{i}"), ".");
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, $"away{i}"), other.Path);
            Directory.CreateSymbolicLink(Path.Combine(other.Path, $"back{i}"), folder.Path);
        }

        var shelf = Open(folder.Path);

        Assert.Single(shelf.Images);
        Assert.Null(shelf.Problem);
    }

    /// <summary>Neither would end if it were read.</summary>
    [Fact]
    public void PipesAndDevices_ArePassedOver_ByWhateverNameAndLink()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are none elsewhere.");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "zeros.bin"), new byte[2048]);
        foreach (var name in new[] { "p.zip", "p.bin", "p.gz" })
        {
            System.Diagnostics.Process.Start("mkfifo", Path.Combine(folder.Path, name)).WaitForExit();
        }

        File.CreateSymbolicLink(Path.Combine(folder.Path, "zero.bin"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "zero.zip"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "nowhere.bin"), "nothing");

        var shelf = Open(folder.Path);

        Assert.Single(shelf.Images);
        Assert.Contains("no ordinary file, and so are 5 more", shelf.Problem);
    }

    /// <summary>The length of a link is not that of the file.</summary>
    [Fact]
    public void ALargeFileBehindALink_IsPassedOver()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using (var file = File.Create(Path.Combine(other.Path, "large")))
        {
            file.SetLength(3L << 30);
        }

        File.CreateSymbolicLink(Path.Combine(folder.Path, "rom.bin"), Path.Combine(other.Path, "large"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "rom.zip"), Path.Combine(other.Path, "large"));

        Assert.Contains("rom.bin is passed over: it has more than", Open(folder.Path).Problem);
    }

    [Fact]
    public void TheSumOfAllImages_IsLimited_WithinZipFilesToo()
    {
        using var folder = new TemporaryFolder();
        using (var archive = ZipFile.Open(Path.Combine(folder.Path, "many.zip"), ZipArchiveMode.Create))
        {
            for (var i = 0; i < 20; i++)
            {
                using var entry = archive.CreateEntry($"{i}.bin").Open();
                entry.Write(new byte[100_000]);
            }
        }

        var found = new CartridgeFolder(folder.Path, FolderLimits.Default with { Bytes = 550_000 });

        Assert.Equal(5, found.Images.Count);
        Assert.Contains("is passed over in part", found.Problem);
    }

    [Fact]
    public void DepthFilesAndTime_AreLimited_AndSaySo()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a", "b", "c", "d"));
        File.WriteAllBytes(Path.Combine(folder.Path, "zeros.bin"), new byte[2048]);
        var limits = FolderLimits.Default;

        Assert.Contains("more than 2 folders deep", Look(limits with { Depth = 2 }));
        Assert.Contains("more than 3 files and folders", Look(limits with { Files = 3 }));
        Assert.Contains("looking took", Look(limits with { Time = TimeSpan.Zero }));
        Assert.Null(Look(limits));

        string? Look(FolderLimits few) => new CartridgeFolder(folder.Path, few).Problem;
    }

    /// <summary>
    /// A folder on a drive that does not answer keeps nobody waiting for long, and a second caller not at all.
    /// </summary>
    [Fact]
    public async Task ALookThatDoesNotEnd_IsNotWaitedFor()
    {
        using var answer = new ManualResetEventSlim();
        var recent = new RecentShelf(
            () =>
            {
                answer.Wait();
                return new CartridgeShelf([]);
            },
            TimeProvider.System,
            TimeSpan.FromMilliseconds(50));

        var first = await Task.Run(recent.Get, TestContext.Current.CancellationToken);
        Assert.Contains("takes too long", first.Explain(GameCatalog.Default.Get("pong")));
        Assert.Same(first, recent.Get());

        answer.Set();
        while (ReferenceEquals(first, recent.Get()))
        {
            await Task.Yield();
        }
    }

    /// <summary>Nobody looks for the cartridge of a game that comes with the library.</summary>
    [Fact]
    public void ABundledGame_DoesNotLookAtTheShelf()
    {
        var games = AtariDefinitions.All(
            GameCatalog.Default, () => throw new InvalidOperationException("Somebody looked."));

        foreach (var definition in games.Where(game => game.Id.Contains("Bricks") || game.Id.Contains("Volley")))
        {
            Assert.Null(definition.FindProblem());
            Assert.Null(definition.FindWarning());
            definition.Create();
        }
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

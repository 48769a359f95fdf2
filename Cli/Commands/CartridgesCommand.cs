using System.CommandLine;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.Cli.Output;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Cartridges;
using DqnAspire.Environments.Atari.Rules;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn roms</c>: the Atari cartridges of this machine, and what unknown files may be.</summary>
internal static class CartridgesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Files to identify instead of searching the folder.",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "FILE",
        };
        var folder = new Option<string?>("--folder")
        {
            Description = $"The folder to search; by default the one that {CartridgeShelf.FolderVariable} names.",
            HelpName = "DIR",
        };
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "roms",
            "Lists the Atari cartridges that were found, and what unknown files may be.",
            ($"{CartridgeShelf.FolderVariable}=~/roms dqn roms", "recognised by MD5, also in zip files"),
            ("dqn roms --folder ~/roms", "another folder"),
            ("dqn roms unknown.bin", "what a file is"))
        {
            files, folder, json,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var shelf = result.GetRequiredValue(files) is { Length: > 0 } named
                ? new CartridgeShelf([], named.Select(CartridgeImage.Read))
                : result.GetValue(folder) is { } path ? new CartridgeShelf([path]) : CartridgeShelf.OfThisMachine();
            var found = shelf.Images.Select(Identify)
                .OrderBy(cartridge => cartridge.Game ?? "~", StringComparer.Ordinal)
                .ToList();
            if (result.GetValue(json))
            {
                JsonText.Print(output, new
                {
                    Folders = shelf.Folders,
                    shelf.Problem,
                    Bundled = BundledCartridges.Ids,
                    Cartridges = found,
                });
                return;
            }

            Print(output, shelf, found);
        });
        return command;
    }

    private static Identified Identify(CartridgeImage image)
    {
        var match = GameCatalog.Default.Find(image.Checksum, image.Source);
        return new Identified(
            image.Source,
            image.Bytes.Length,
            image.Checksum,
            match?.Rule.Id,
            match?.Rule.Name,
            match is { ChecksumMatches: true } ? "known" : Guess(image, match?.Rule));
    }

    /// <summary>What an image of unknown MD5 may be, for people.</summary>
    private static string Guess(CartridgeImage image, GameRule? named)
    {
        if (GameCatalog.Default.Unsupported.FirstOrDefault(u => u.Checksum == image.Checksum) is { } unsupported)
        {
            return $"{unsupported.Id}: for two players only, so it cannot be learnt";
        }

        try
        {
            var detection = CartridgeDetector.Detect(image.Bytes);
            return named is null
                ? $"perhaps a cartridge of type {detection.Scheme} ({detection.Reason}); no game has this MD5"
                : $"named like {named.Name}, but an unknown dump; known is {string.Join(" or ", named.Checksums)}";
        }
        catch (CartridgeException e)
        {
            // The rest of the message lists all the sizes and signs that were looked for.
            return $"not a cartridge that this console can play: {e.Message.Split(':')[0]}";
        }
    }

    private static void Print(TextWriter output, CartridgeShelf shelf, IReadOnlyList<Identified> found)
    {
        if (found.Count > 0)
        {
            TableText.Print(
                output,
                ["game", "file", "bytes", "MD5", "what it is"],
                found.Select(c => new[] { c.GameName ?? "unknown", c.File, $"{c.Bytes}", c.Md5, c.Verdict }));
        }

        foreach (var folder in shelf.Folders)
        {
            output.WriteLine($"Folder searched: {folder}, {shelf.Images.Length} images.");
        }

        if (shelf.Folders.IsEmpty && found.Count == 0)
        {
            output.WriteLine(
                "No folder is searched: "
                + $"set the environment variable {CartridgeShelf.FolderVariable}, or name one with --folder.");
        }

        if (shelf.Problem is { } problem)
        {
            output.WriteLine($"Not everything can be read: {problem}");
        }

        output.WriteLine($"Games that need no file: {string.Join(", ", BundledCartridges.Ids)}.");
    }

    /// <summary>A file, and the game that it is.</summary>
    /// <param name="File">Path of the file.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="Md5">Its MD5, in hexadecimal.</param>
    /// <param name="Game">Id of the game; null: unknown.</param>
    /// <param name="GameName">Name of the game; null: unknown.</param>
    /// <param name="Verdict">"known", or what the file may be.</param>
    private sealed record Identified(
        string File, int Bytes, string Md5, string? Game, string? GameName, string Verdict);
}

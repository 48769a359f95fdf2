namespace DqnAspire.Play.Recordings.Writing;

/// <summary>A file under a temporary name until it is whole; disposed before, it is removed.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _path;
    private FileStream? _stream;

    /// <summary>Makes the file, and its folder.</summary>
    /// <param name="path">Its name when it is whole.</param>
    public PartFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _stream = new FileStream(NameOf(path), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
    }

    /// <summary>Receives the content.</summary>
    public Stream Stream => _stream ?? throw new ObjectDisposedException(_path);

    /// <summary>The temporary name of a file or folder.</summary>
    public static string NameOf(string path) => path + ".part";

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        Stream.Flush();
        Close();
        File.Move(NameOf(_path), _path, overwrite: true);
    }

    /// <summary>Removes what is not whole.</summary>
    public void Dispose()
    {
        if (_stream is null)
        {
            return;
        }

        try
        {
            Close();
        }
        catch (IOException)
        {
            // A full disk does not take what is still in the buffer; the file is removed anyway.
        }

        File.Delete(NameOf(_path));
    }

    private void Close()
    {
        var stream = Stream;
        _stream = null;
        stream.Dispose();
    }
}

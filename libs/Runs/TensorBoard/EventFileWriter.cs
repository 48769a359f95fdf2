using System.Buffers;
using System.Globalization;
using System.Text;
using DqnAspire.TensorBoard.Wire;
using Google.Protobuf;

namespace DqnAspire.Runs.TensorBoard;

/// <summary>
/// Writes a TensorBoard event file. Every writer begins a new file, as TensorBoard joins those of a folder: what
/// a killed process left, up to a record cut off at the end, stays readable. Records are handed to the operating system
/// whole. Calls must not overlap.
/// </summary>
public sealed class EventFileWriter : IDisposable
{
    private const string FileVersion = "brain.Event:2";
    private const string TextPlugin = "text";
    private const int StringType = 7;
    private const int SessionStart = 1;

    private readonly EventFileOptions _options;
    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _waiting = new();
    private long _flushed;

    /// <summary>Begins a file.</summary>
    /// <param name="folder">Where; it exists.</param>
    /// <param name="options">When records reach the operating system; null for the defaults.</param>
    /// <exception cref="IOException">The file cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made there.</exception>
    public EventFileWriter(string folder, EventFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _options = options ?? new EventFileOptions();
        _file = Create(folder, _options.Clock.GetUtcNow());
        Append(new Event { WallTime = Now(), FileVersion = FileVersion });
        Flush();
    }

    /// <summary>Absolute path of the file.</summary>
    public string Path => _file.Name;

    /// <summary>Adds numbers of one step.</summary>
    /// <param name="step">What they are drawn over, for example agent steps.</param>
    /// <param name="scalars">Tag, for example "losses/td_loss", and value. The file keeps single precision.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void AddScalars(long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        var summary = new Summary();
        foreach (var (tag, value) in scalars)
        {
            summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
        }

        if (summary.Value.Count > 0)
        {
            Add(step, summary);
        }
    }

    /// <summary>Adds a text.</summary>
    /// <param name="step">What it belongs to.</param>
    /// <param name="tag">Its name.</param>
    /// <param name="markdown">The text; TensorBoard shows Markdown.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void AddText(long step, string tag, string markdown)
    {
        var tensor = new Tensor { Dtype = StringType, TensorShape = new Tensor.Types.Shape() };
        tensor.TensorShape.Dim.Add(new Tensor.Types.Shape.Types.Dim { Size = 1 });
        tensor.StringVal.Add(ByteString.CopyFrom(markdown, Encoding.UTF8));
        var metadata = new Metadata { PluginData = new Metadata.Types.PluginData { PluginName = TextPlugin } };
        Add(
            step,
            new Summary { Value = { new Summary.Types.Value { Tag = tag, Tensor = tensor, Metadata = metadata } } });
    }

    /// <summary>
    /// Says that the run is resumed from a step that it had already passed: readers drop what earlier files of the
    /// folder have from this step on.
    /// </summary>
    /// <param name="step">The first step that is done again.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void ResumeAt(long step)
    {
        Append(new Event { WallTime = Now(), Step = step, SessionLog = new SessionLog { Status = SessionStart } });
        Flush();
    }

    /// <summary>Hands all records to the operating system.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush()
    {
        _flushed = _options.Clock.GetTimestamp();
        _file.Write(_waiting.WrittenSpan);
        _waiting.ResetWrittenCount();
    }

    /// <summary>Writes what waits and closes the file.</summary>
    /// <exception cref="IOException">The file cannot be written; it is closed all the same.</exception>
    public void Dispose()
    {
        using (_file)
        {
            if (_file.CanWrite)
            {
                Flush();
            }
        }
    }

    /// <summary>
    /// The usual name; two writers of one process within a second get different ones by a number behind it.
    /// </summary>
    private static FileStream Create(string folder, DateTimeOffset now)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}");
        var path = System.IO.Path.Combine(folder, name);
        for (var n = 1; File.Exists(path); n++)
        {
            path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{n}"));
        }

        // No buffer of the stream's own: records are joined here, so that none is cut in two by a full buffer.
        return new FileStream(
            System.IO.Path.GetFullPath(path), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private double Now() => _options.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private void Add(long step, Summary summary)
    {
        Append(new Event { WallTime = Now(), Step = step, Summary = summary });
        if (_waiting.WrittenCount >= _options.BufferBytes
            || _options.Clock.GetElapsedTime(_flushed) >= _options.FlushPeriod)
        {
            Flush();
        }
    }

    private void Append(Event record) => RecordFraming.Append(_waiting, record.ToByteArray());
}

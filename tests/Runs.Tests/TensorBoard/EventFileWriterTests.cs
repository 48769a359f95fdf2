using System.Globalization;
using System.Text;
using DqnAspire.Runs.TensorBoard;

namespace DqnAspire.Runs.Tests.TensorBoard;

public sealed class EventFileWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-events-").FullName;
    private readonly ManualClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    // "123456789" is CRC catalogues' check string, 0xE3069283 for CRC-32C; the others are of RFC 3720, B.4.
    [InlineData("313233343536373839", 0xE3069283)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AA)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43)]
    public void Checksum_IsTheMaskedOneOfPublishedVectors(string hex, uint crc)
    {
        var data = Convert.FromHexString(hex);
        var masked = ((crc >> 15) | (crc << 17)) + 0xA282EAD8;

        Assert.Equal(masked, RecordFraming.MaskedChecksum(data));
        Assert.Equal(masked, EventFileReader.Masked(data));
    }

    [Fact]
    public void File_BeginsWithItsVersion_AndHoldsWhatWasAdded()
    {
        string path;
        using (var writer = NewWriter())
        {
            path = writer.Path;
            writer.AddScalars(7, [new("losses/td_loss", 0.25), new("charts/epsilon", -1e-3)]);
            _clock.Advance(TimeSpan.FromSeconds(2));
            writer.AddText(8, "hyperparameters", "|é|\n");
        }

        var events = EventFileReader.Read(path);

        Assert.Equal(3, events.Count);
        var started = new DateTimeOffset(2026, 5, 4, 3, 2, 1, 500, TimeSpan.Zero).ToUnixTimeMilliseconds() / 1000.0;
        Assert.Equal(("brain.Event:2", started), (events[0].FileVersion, events[0].WallTime));
        Assert.Equal((7, started), (events[1].Step, events[1].WallTime));
        Assert.Equal(
            new Dictionary<string, float> { ["losses/td_loss"] = 0.25f, ["charts/epsilon"] = -1e-3f },
            events[1].Scalars);
        Assert.Equal((8, started + 2), (events[2].Step, events[2].WallTime));
        Assert.Equal("|é|\n", events[2].Texts["hyperparameters"]);
    }

    [Fact]
    public void FirstRecord_HasTheBytesWorkedOutByHand()
    {
        using var writer = NewWriter();

        // 24 bytes: field 1 as a double (9 bytes), field 3 of 13 letters (15).
        var wallTime = BitConverter.GetBytes(1_777_863_721.5);
        byte[] data = [0x09, .. wallTime, 0x1A, 13, .. Encoding.ASCII.GetBytes("brain.Event:2")];
        byte[] length = [24, 0, 0, 0, 0, 0, 0, 0];
        byte[] expected = [.. length, .. BitConverter.GetBytes(
            EventFileReader.Masked(length)), .. data, .. BitConverter.GetBytes(EventFileReader.Masked(data))];
        Assert.Equal(expected, ReadShared(writer.Path));
    }

    [Fact]
    public void Names_AreTheUsualOnes_AndNeverThoseOfAnotherWriter()
    {
        using var first = NewWriter();
        using var second = NewWriter();
        using var third = NewWriter();

        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.1777863721.{Environment.MachineName}.{Environment.ProcessId}");
        Assert.Equal(
            [name, $"{name}.1", $"{name}.2"], new[] { first, second, third }.Select(w => Path.GetFileName(w.Path)));
    }

    [Fact]
    public void Records_WaitForThePeriod_OrAFullBuffer()
    {
        using var writer = new EventFileWriter(
            _folder, new EventFileOptions
            {
                Clock = _clock,
                FlushPeriod = TimeSpan.FromSeconds(5),
                BufferBytes = 1000
            });
        var empty = ReadShared(writer.Path).Length;

        writer.AddScalars(1, [new("a", 1)]);
        Assert.Equal(empty, ReadShared(writer.Path).Length);

        _clock.Advance(TimeSpan.FromSeconds(5));
        writer.AddScalars(2, [new("a", 2)]);
        Assert.Equal(3, EventFileReader.Read(Copy(writer.Path)).Count);

        writer.AddText(3, "long", new string('x', 1000));
        Assert.Equal(4, EventFileReader.Read(Copy(writer.Path)).Count);

        writer.AddScalars(4, [new("a", 4)]);
        writer.Flush();
        Assert.Equal(5, EventFileReader.Read(Copy(writer.Path)).Count);
    }

    [Fact]
    public void AFileCutOffAnywhere_GivesTheRecordsBeforeTheCut()
    {
        var writer = NewWriter();
        writer.AddScalars(1, [new("a", 1)]);
        writer.AddScalars(2, [new("a", 2)]);
        writer.Dispose();
        var whole = File.ReadAllBytes(writer.Path);
        var record = (whole.Length - 40) / 2;

        for (var size = 40; size <= whole.Length; size++)
        {
            File.WriteAllBytes(writer.Path, whole[..size]);
            Assert.Equal(1 + ((size - 40) / record), EventFileReader.Read(writer.Path).Count);
        }
    }

    [Fact]
    public void NoNumbers_AreNoRecord()
    {
        using var writer = NewWriter();

        writer.AddScalars(1, []);
        writer.Flush();

        Assert.Single(EventFileReader.Read(Copy(writer.Path)));
    }

    [Fact]
    public void Resume_IsASessionThatBeginsAtTheStep()
    {
        using var writer = NewWriter();

        writer.ResumeAt(500);

        var record = EventFileReader.Read(Copy(writer.Path))[1];
        Assert.Equal((true, 500), (record.IsSessionStart, record.Step));
    }

    [Fact]
    public void AFolderThatIsNotThere_IsAnError() =>
        Assert.Throws<DirectoryNotFoundException>(() => new EventFileWriter(Path.Combine(_folder, "absent")));

    private EventFileWriter NewWriter() => new(_folder, new EventFileOptions { Clock = _clock });

    private string Copy(string path)
    {
        var copy = Path.Combine(_folder, "copy");
        File.WriteAllBytes(copy, ReadShared(path));
        return copy;
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

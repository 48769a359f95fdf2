using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Pictures;
using DqnAspire.Play.Recordings;
using DqnAspire.Play.Recordings.Writing;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class FilmWritersTests : IDisposable
{
    private static readonly FilmFormat Format = new(31, 21)
    {
        Palette = (byte[])[0, 0, 0, 250, 40, 40, 40, 250, 40],
        FramesPerSecond = 60,
        SampleRate = 31_440,
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RecordingFormat.Mp4, "h264", "aac")]
    [InlineData(RecordingFormat.WebM, "vp9", "opus")]
    public void AVideo_HasItsPicturesTimesAndSound(RecordingFormat kind, string pictures, string sound)
    {
        MediaTools.Run("ffprobe", "-version");
        var path = _folder["x" + RecordingFiles.ExtensionOf(kind)];
        using (var writer = RecordingFiles.Create(path, kind, Format))
        {
            for (var i = 0; i < 90; i++)
            {
                writer.Add(Picture((byte)(i < 45 ? 1 : 2)), Tone(524));
            }

            writer.Complete();
        }

        Assert.Equal([Path.GetFileName(path)], _folder.Files);
        Assert.Equal(
            $"{pictures},32,22,60/1,90",
            Probe(path, "v:0", "stream=codec_name,width,height,r_frame_rate,nb_read_packets"));
        Assert.Equal(sound, Probe(path, "a:0", "stream=codec_name"));
        Assert.Equal(1.5, double.Parse(
            Probe(path, "v:0", "format=duration"), System.Globalization.CultureInfo.InvariantCulture), 0.1);
        MediaTools.Run(
            "ffmpeg", "-v", "error", "-i", path, "-pix_fmt", "rgb24", "-f", "rawvideo", _folder["x.rgb"]);
        var rgb = File.ReadAllBytes(_folder["x.rgb"]);
        AssertColour(Format.Palette.Span.Slice(3, 3), rgb.AsSpan((10 * 32 * 3) + 30, 3));
        AssertColour(Format.Palette.Span.Slice(6, 3), rgb.AsSpan(rgb.Length - (12 * 32 * 3) + 30, 3));
    }

    [Fact]
    public void WithoutSound_AVideoIsSilent()
    {
        MediaTools.Run("ffprobe", "-version");
        using (var writer = new FfmpegWriter(
            _folder["x.mp4"], new FilmFormat(8, 8) { FramesPerSecond = 25 }, RecordingFormat.Mp4))
        {
            writer.Add(new byte[192], []);
            writer.Complete();
        }

        Assert.Equal("", Probe(_folder["x.mp4"], "a:0", "stream=codec_name"));
    }

    [Fact]
    public void AVideoThatIsNotCompleted_LeavesNothing()
    {
        MediaTools.Run("ffprobe", "-version");
        using (var writer = RecordingFiles.Create(_folder["x.mp4"], RecordingFormat.Mp4, Format))
        {
            writer.Add(Picture(1), Tone(524));
        }

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void APngSequence_HasAFileForEachPicture()
    {
        for (var repetition = 0; repetition < 2; repetition++)
        {
            using var writer = RecordingFiles.Create(_folder["x"], RecordingFormat.Png, Format);
            writer.Add(Picture(1), Tone(524));
            writer.Add(Picture(2), Tone(524));
            writer.Complete();
        }

        Assert.Equal(["x", "x/000000.png", "x/000001.png"], _folder.Files);
        var rgb = Enumerable.Range(0, 31 * 21).SelectMany(_ => (byte[])[40, 250, 40]).ToArray();
        Assert.Equal(PngPicture.Encode(rgb, 21, 31), File.ReadAllBytes(_folder["x/000001.png"]));
    }

    [Fact]
    public void AFolderOfSomethingElse_IsNotReplacedByPngs()
    {
        Directory.CreateDirectory(_folder["x"]);
        File.WriteAllText(_folder["x/letter.txt"], "");

        Assert.Throws<IOException>(() => RecordingFiles.Create(_folder["x"], RecordingFormat.Png, Format));

        Assert.Equal(["x", "x/letter.txt"], _folder.Files);
    }

    private static byte[] Picture(byte colour) => [.. Enumerable.Repeat(colour, Format.PictureBytes)];

    private static byte[] Tone(int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (byte)(i / 36 % 2 == 0 ? 128 : 188))];

    private static string Probe(string path, string stream, string entries) => MediaTools.Run(
        "ffprobe", "-v", "error", "-count_packets", "-select_streams", stream, "-show_entries", entries,
        "-of", "csv=p=0", path);

    private static void AssertColour(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.InRange(actual[i], expected[i] - 12, expected[i] + 12);
        }
    }
}

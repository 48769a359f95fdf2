using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.NeuralNetworks.Tests.Checkpoints;

public sealed class SafetensorsFileTests
{
    // An independent reader, written from the format's description.
    private const string PythonReader = """
        import json, struct, sys
        data = open(sys.argv[1], 'rb').read()
        n = struct.unpack('<Q', data[:8])[0]
        header = json.loads(data[8:8 + n])
        body = data[8 + n:]
        for name, t in header.items():
            if name == '__metadata__': print(name, sorted(t.items())); continue
            code = {'F32': 'f', 'F64': 'd', 'I64': 'q'}[t['dtype']]
            begin, end = t['data_offsets']
            form = '<%d%s' % ((end - begin) // struct.calcsize(code), code)
            print(name, t['shape'], list(struct.unpack(form, body[begin:end])), (8 + n) % 8)
        """;

    private const string PythonWriter = """
        import json, struct, sys
        body = struct.pack('<3f', 0.5, -1, 3) + struct.pack('<q', 1 << 40)
        header = json.dumps({
            '__metadata__': {'by': 'python'},
            'weight': {'dtype': 'F32', 'shape': [1, 3], 'data_offsets': [0, 12]},
            'steps': {'dtype': 'I64', 'shape': [1], 'data_offsets': [12, 20]}}).encode()
        open(sys.argv[1], 'wb').write(struct.pack('<Q', len(header)) + header + body)
        """;

    [Fact]
    public void WhatIsWritten_IsReadBack()
    {
        var read = RoundTrip(Example());

        Assert.Equal(["a", "b", "c"], read.Names);
        Assert.Equal([1.5f, -2f, 0f, 4f, 5f, 6f], read.GetFloat32("a", [2, 3]));
        Assert.Equal([Math.PI], read.GetFloat64("b", [1]));
        Assert.Equal([long.MaxValue, -1], read.GetInt64("c", [2]));
        Assert.Equal("dense 1-2", read.Metadata["architecture"]);
    }

    [Fact]
    public async Task WhatIsWritten_IsReadByPython()
    {
        var output = await RunPython(PythonReader, path =>
        {
            using var stream = File.Create(path);
            Example().Write(stream);
        });

        Assert.Equal(
            """
            __metadata__ [('architecture', 'dense 1-2')]
            a [2, 3] [1.5, -2.0, 0.0, 4.0, 5.0, 6.0] 0
            b [1] [3.141592653589793] 0
            c [2] [9223372036854775807, -1] 0

            """.ReplaceLineEndings("\n"),
            output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task WhatPythonWrites_IsRead()
    {
        var read = new SafetensorsFile();

        await RunPython(PythonWriter, prepare: null, path =>
        {
            using var stream = File.OpenRead(path);
            read = SafetensorsFile.Read(stream);
        });

        Assert.Equal([0.5f, -1f, 3f], read.GetFloat32("weight", [1, 3]));
        Assert.Equal([1L << 40], read.GetInt64("steps", [1]));
        Assert.Equal("python", read.Metadata["by"]);
    }

    [Fact]
    public void AFileFromElsewhere_IsRead()
    {
        // Spaces, another order of keys and of tensors: all allowed.
        var header = """{ "y": {"shape": [2], "data_offsets": [4, 12], "dtype": "F32"}, """
            + """ "x":{"dtype":"F32","shape":[],"data_offsets":[0,4]} }""";
        var file = Read(header, [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64]);

        Assert.Equal([1f], file.GetFloat32("x", []));
        Assert.Equal([2f, 3f], file.GetFloat32("y", [2]));
    }

    [Fact]
    public void AFileCutShortAnywhere_IsRefused()
    {
        using var stream = new MemoryStream();
        Example().Write(stream);
        var whole = stream.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(whole, 0, length)));
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-4,4]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", "'F8'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3000000000],"data_offsets":[0,8]}}""", "header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "header")]
    [InlineData("""{"a":""", "header")]
    [InlineData("[]", "header")]
    public void ADamagedHeader_IsRefused(string header, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(header, new byte[8]));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingTensorOrAnotherShape_IsNamed()
    {
        var file = Example();

        Assert.Contains(
            "'z' is missing", Assert.Throws<InvalidDataException>(() => file.GetFloat32("z", [1])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "F32 [2, 3]; F32 [3, 2]", Assert.Throws<InvalidDataException>(() => file.GetFloat32("a", [3, 2])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "F32 [2, 3]; F64 [2, 3]", Assert.Throws<InvalidDataException>(() => file.GetFloat64("a", [2, 3])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ShapeAndValues_MustFit() =>
        Assert.Throws<ArgumentException>(() => new SafetensorsFile().Add("a", [2, 2], [1f]));

    /// <summary>Runs a script on a file; gives what it prints.</summary>
    private static async Task<string> RunPython(string script, Action<string>? prepare, Action<string>? inspect = null)
    {
        var path = Path.GetTempFileName();
        try
        {
            prepare?.Invoke(path);
            using var process = StartPython(script, path);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            inspect?.Invoke(path);
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Process StartPython(string script, string path)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("python3", ["-c", script, path]) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            throw;
        }
    }

    private static SafetensorsFile Example()
    {
        var file = new SafetensorsFile();
        file.Add("a", [2, 3], [1.5f, -2f, 0f, 4f, 5f, 6f]);
        file.Add("b", [1], [Math.PI]);
        file.Add("c", [2], [long.MaxValue, -1L]);
        file.Metadata["architecture"] = "dense 1-2";
        return file;
    }

    private static SafetensorsFile RoundTrip(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        stream.Position = 0;
        return SafetensorsFile.Read(stream);
    }

    private static SafetensorsFile Read(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return SafetensorsFile.Read(new MemoryStream([.. length, .. text, .. data]));
    }
}

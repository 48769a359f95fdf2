using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DqnAspire.Core.Safetensors;

/// <summary>
/// A safetensors file in memory: an 8-byte little-endian header length, a JSON header with each tensor's type, shape
/// and offsets, then the tensors' bytes, row-major and little-endian.
/// </summary>
/// <remarks>Format: https://huggingface.co/docs/safetensors. Types here: F32, F64, I64.</remarks>
public sealed class SafetensorsFile
{
    private const int MaxHeaderBytes = 100_000_000;
    private const string MetadataKey = "__metadata__";

    private readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>Names of the tensors, in the order of the header.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Text entries of the header.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Adds a tensor of float32.</summary>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values) =>
        Add(name, "F32", shape, values);

    /// <summary>Adds a tensor of float64.</summary>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> values) =>
        Add(name, "F64", shape, values);

    /// <summary>Adds a tensor of int64.</summary>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlySpan<long> values) => Add(name, "I64", shape, values);

    /// <summary>Gives a copy of a tensor of float32.</summary>
    /// <exception cref="InvalidDataException">It is missing, or has another type or shape.</exception>
    public float[] GetFloat32(string name, ReadOnlySpan<int> shape) => Get<float>(name, "F32", shape);

    /// <summary>A tensor of float64.</summary>
    /// <exception cref="InvalidDataException">It is missing, or has another type or shape.</exception>
    public double[] GetFloat64(string name, ReadOnlySpan<int> shape) => Get<double>(name, "F64", shape);

    /// <summary>A tensor of int64.</summary>
    /// <exception cref="InvalidDataException">It is missing, or has another type or shape.</exception>
    public long[] GetInt64(string name, ReadOnlySpan<int> shape) => Get<long>(name, "I64", shape);

    /// <summary>The shape of a tensor; null when there is none of this name.</summary>
    public IReadOnlyList<int>? ShapeOf(string name) => _tensors.GetValueOrDefault(name)?.Shape;

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in Metadata)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var (name, tensor) in _tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", tensor.Shape.Select(axis => (long)axis));
                WriteNumbers(json, "data_offsets", [offset, offset + tensor.Bytes.Length]);
                json.WriteEndObject();
                offset += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        // The data begins at a multiple of eight bytes: spaces fill up the header.
        var padding = (8 - (int)(header.Length % 8)) % 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding);
        stream.Write(length);
        stream.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        stream.Write("        "u8[..padding]);
        foreach (var tensor in _tensors.Values)
        {
            stream.Write(tensor.Bytes);
        }
    }

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="InvalidDataException">
    /// It is cut short or is not such a file; the message says where.
    /// </exception>
    public static SafetensorsFile Read(Stream stream)
    {
        var length = ReadExactly(stream, 8, "the length of its header");
        var headerBytes = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerBytes is < 2 or > MaxHeaderBytes)
        {
            throw new InvalidDataException($"Not a safetensors file: its header would have {headerBytes} bytes.");
        }

        var header = ReadExactly(stream, (int)headerBytes, "its header");
        using var rest = new MemoryStream();
        stream.CopyTo(rest);
        var data = rest.GetBuffer().AsMemory(0, (int)rest.Length);
        var file = new SafetensorsFile();
        try
        {
            using var json = JsonDocument.Parse(header);
            long expected = 0;
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.Name == MetadataKey)
                {
                    foreach (var item in entry.Value.EnumerateObject())
                    {
                        file.Metadata[item.Name] = item.Value.GetString() ?? "";
                    }
                }
                else
                {
                    expected = Math.Max(expected, file.AddFrom(entry, data));
                }
            }

            if (expected != data.Length)
            {
                throw new InvalidDataException(
                    $"Safetensors file has {data.Length} bytes of data; its header speaks of {expected}.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"Safetensors header cannot be read: {e.Message}", e);
        }

        return file;
    }

    private long AddFrom(JsonProperty entry, ReadOnlyMemory<byte> data)
    {
        var type = entry.Value.GetProperty("dtype").GetString() ?? "";
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt32()).ToArray();
        var offsets = entry.Value.GetProperty("data_offsets");
        var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (shape.Any(axis => axis < 0))
        {
            throw new InvalidDataException($"Tensor '{entry.Name}' has shape {Text(shape)}.");
        }

        if (begin < 0 || end < begin || end > data.Length)
        {
            throw new InvalidDataException(
                $"Tensor '{entry.Name}' lies at bytes {begin}..{end} of {data.Length}: "
                + "the file is cut short or damaged.");
        }

        if (end - begin != Elements(shape) * ElementBytes(type, entry.Name))
        {
            throw new InvalidDataException(
                $"Tensor '{entry.Name}' of type {type} and shape {Text(shape)} does not take {end - begin} bytes.");
        }

        if (!_tensors.TryAdd(entry.Name, new Tensor(type, shape, data[(int)begin..(int)end].ToArray())))
        {
            throw new InvalidDataException($"Tensor '{entry.Name}' is there twice.");
        }

        return end;
    }

    private void Add<T>(string name, string type, ReadOnlySpan<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (Elements(shape) != values.Length)
        {
            throw new ArgumentException(
                $"Tensor '{name}' of shape {Text(shape)} does not have {values.Length} elements.", nameof(values));
        }

        _tensors.Add(name, new Tensor(type, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray()));
    }

    private T[] Get<T>(string name, string type, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            throw new InvalidDataException($"Tensor '{name}' is missing.");
        }

        if (tensor.Type != type || !shape.SequenceEqual(tensor.Shape))
        {
            throw new InvalidDataException(
                $"Tensor '{name}' is {tensor.Type} {Text(tensor.Shape)}; {type} {Text(shape)} is needed.");
        }

        return MemoryMarshal.Cast<byte, T>(tensor.Bytes).ToArray();
    }

    private static long Elements(ReadOnlySpan<int> shape)
    {
        var product = 1L;
        foreach (var axis in shape)
        {
            product = checked(product * axis);
        }

        return product;
    }

    private static int ElementBytes(string type, string name) => type switch
    {
        "F32" => 4,
        "F64" or "I64" => 8,
        _ => throw new InvalidDataException($"Tensor '{name}' has type '{type}'; F32, F64 and I64 are known."),
    };

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static byte[] ReadExactly(Stream stream, int count, string what)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InvalidDataException($"Safetensors file is cut short within {what}.");
    }

    private static string Text(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private sealed record Tensor(string Type, int[] Shape, byte[] Bytes);
}

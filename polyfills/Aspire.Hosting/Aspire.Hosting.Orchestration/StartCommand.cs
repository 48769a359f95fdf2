namespace Aspire.Hosting.Orchestration;

/// <summary>Order to start one process.</summary>
/// <param name="Id">The host's name for this run of the process.</param>
/// <param name="FileName">Full path of the executable.</param>
/// <param name="Arguments">Arguments after the executable's name.</param>
/// <param name="WorkingDirectory">Full path of an existing directory.</param>
/// <param name="Environment">The whole environment of the process; nothing is inherited.</param>
internal sealed record StartCommand(
    int Id,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyList<KeyValuePair<string, string>> Environment)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static StartCommand Read(BinaryReader reader)
    {
        var id = reader.ReadInt32();
        var fileName = reader.ReadString();
        var workingDirectory = reader.ReadString();
        var arguments = new string[reader.ReadInt32()];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.ReadString();
        }

        var environment = new KeyValuePair<string, string>[reader.ReadInt32()];
        for (var i = 0; i < environment.Length; i++)
        {
            environment[i] = new(reader.ReadString(), reader.ReadString());
        }

        return new StartCommand(id, fileName, arguments, workingDirectory, environment);
    }

    /// <summary>Writes the body of a <see cref="FrameKind.Start"/> frame.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(FileName);
        writer.Write(WorkingDirectory);
        writer.Write(Arguments.Count);
        foreach (var argument in Arguments)
        {
            writer.Write(argument);
        }

        writer.Write(Environment.Count);
        foreach (var (name, value) in Environment)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }
}

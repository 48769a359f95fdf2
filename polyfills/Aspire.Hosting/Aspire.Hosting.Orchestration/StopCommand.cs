namespace Aspire.Hosting.Orchestration;

/// <summary>Order to end one process: a polite request first, the kill after the grace period.</summary>
/// <param name="Id">The host's name for this run of the process.</param>
/// <param name="GraceMilliseconds">How long the process may take to end by itself.</param>
internal sealed record StopCommand(int Id, int GraceMilliseconds)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static StopCommand Read(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadInt32());

    /// <summary>Writes the body of a <see cref="FrameKind.Stop"/> frame.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(GraceMilliseconds);
    }
}

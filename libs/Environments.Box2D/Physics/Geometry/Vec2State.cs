using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Geometry;

/// <summary>Vectors in saved states.</summary>
internal static class Vec2State
{
    /// <summary>Writes a vector with all its bits.</summary>
    public static void Write(this StateWriter writer, Vec2 value)
    {
        writer.Write(value.X);
        writer.Write(value.Y);
    }

    /// <summary>Reads a vector.</summary>
    public static Vec2 ReadVec2(this StateReader reader) => new(reader.ReadSingle(), reader.ReadSingle());
}

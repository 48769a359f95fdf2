namespace DqnAspire.Environments.Box2D.Physics.Continuous;

/// <summary>The corners that the last search for the closest points ended with: where the next one begins.</summary>
internal struct SimplexCache
{
    /// <summary>Number of corners, 0 when there was no search yet.</summary>
    public int Count;

    /// <summary>
    /// Length of the segment or twice the area of the triangle, to tell whether it still is about the same.
    /// </summary>
    public float Metric;

    /// <summary>Corners of the first shape.</summary>
    public (int First, int Second, int Third) A;

    /// <summary>Corners of the second shape.</summary>
    public (int First, int Second, int Third) B;
}

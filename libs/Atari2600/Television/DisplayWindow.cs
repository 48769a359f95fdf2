namespace DqnAspire.Atari2600.Television;

/// <summary>
/// The lines of the frame that make the picture, and the only ones in which the TIA draws and collides (ALE).
/// </summary>
/// <param name="FirstLine">First line, counted from the end of VSYNC (YStart in ALE's property table).</param>
/// <param name="Height">Number of lines.</param>
internal readonly record struct DisplayWindow(int FirstLine, int Height);

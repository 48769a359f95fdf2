namespace DqnAspire.Agents.Settings;

/// <summary>The kind of file of a recording.</summary>
public enum RecordingFormat
{
    /// <summary>
    /// An animated picture without sound, in exact colours for Atari games; at most 50 pictures a second.
    /// </summary>
    Gif,

    /// <summary>H.264 and AAC; needs the program ffmpeg.</summary>
    Mp4,

    /// <summary>VP9 and Opus; needs the program ffmpeg.</summary>
    WebM,

    /// <summary>A folder of PNG files, one a picture.</summary>
    Png,
}

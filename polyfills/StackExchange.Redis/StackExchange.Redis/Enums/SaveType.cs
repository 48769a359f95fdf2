namespace StackExchange.Redis;

/// <summary>How a server writes its data to disk.</summary>
public enum SaveType
{
    /// <summary>BGREWRITEAOF: a compact append-only file.</summary>
    BackgroundRewriteAppendOnlyFile = 0,

    /// <summary>BGSAVE: a snapshot by a child process.</summary>
    BackgroundSave = 1,

    /// <summary>SAVE: a snapshot while all clients wait.</summary>
    ForegroundSave = 2,
}

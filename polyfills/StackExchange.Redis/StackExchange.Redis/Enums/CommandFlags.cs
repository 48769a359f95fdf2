using System.Diagnostics.CodeAnalysis;

namespace StackExchange.Redis;

/// <summary>How a command is sent. The numbers are those of the package.</summary>
[Flags]
[SuppressMessage("Design", "CA1069:Enums values should not be duplicated", Justification = "As the package has it.")]
public enum CommandFlags
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The default: the primary, where there is one.</summary>
    PreferMaster = 0,

    /// <summary>Nobody waits for the reply: the call returns at once with a default value, and errors are dropped.</summary>
    FireAndForget = 2,

    /// <summary>Only a primary may serve this command.</summary>
    DemandMaster = 4,

    /// <summary>A replica where there is one.</summary>
    PreferReplica = 8,

    /// <summary>Only a replica may serve this command.</summary>
    DemandReplica = 12,

    /// <summary>No redirection by a cluster is followed.</summary>
    NoRedirect = 64,

    /// <summary>The script is sent whole, without trying its hash first.</summary>
    NoScriptCache = 512,
}

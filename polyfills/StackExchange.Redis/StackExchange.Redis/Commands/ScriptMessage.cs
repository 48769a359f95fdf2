using System.Security.Cryptography;
using System.Text;

namespace StackExchange.Redis;

/// <summary>A script: sent whole the first time, by its hash after that, and whole again to a server that has forgotten it.</summary>
internal sealed class ScriptMessage : Message<RedisResult>
{
    private readonly string _script;
    private readonly string _hash;
    private bool _forgotten;

    public ScriptMessage(int database, in Request<RedisResult> request, string script, CommandFlags flags, object? asyncState)
        : base(database, request, flags, asyncState)
    {
        _script = script;
        _hash = Hash(script);
    }

    public static string Hash(string script) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(script)));

    public override void Prepare(ISet<string> knownScripts)
    {
        if (Command == "EVAL" && !_forgotten && !Flags.HasFlag(CommandFlags.NoScriptCache) && !knownScripts.Add(_hash))
        {
            Command = "EVALSHA";
            Arguments[0] = _hash;
        }
    }

    public override bool TryRecover(in RespReply reply)
    {
        if (Command != "EVALSHA" || !reply.IsError || !reply.Text.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return false;
        }

        _forgotten = true;
        Command = "EVAL";
        Arguments[0] = _script;
        return true;
    }
}

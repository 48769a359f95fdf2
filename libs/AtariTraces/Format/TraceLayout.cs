namespace DqnAspire.AtariTraces.Format;

/// <summary>Words that reader and writer of traces share.</summary>
internal static class TraceLayout
{
    public const string FirstLine = "# ale-trace v1";

    public const string Columns = "frame,action,reward,terminal,lives,scanlines,cycles,screen_fnv1a64,ram_hex";

    public const string Bankswitch = "bankswitch= ";

    public const string Setting = "set ";

    public const string State = "state ";
}

namespace StackExchange.Redis;

/// <summary>
/// A command for a database that its connection has not used yet. It is sent only after the server has accepted the SELECT: otherwise it would
/// run in another database.
/// </summary>
/// <param name="command">The command.</param>
internal sealed class FirstInDatabase(Message command) : Message(command.Database, command.Command, command.Arguments, command.Flags)
{
    public override bool IsComposite => true;

    public override bool IsDone => command.IsDone;

    public override void Complete(in RespReply reply) => command.Complete(reply);

    public override bool Fail(Exception exception) => command.Fail(exception);

    public override void Cancel() => command.Cancel();

    public override void WriteTo(IMessageOutput output) => output.Send(command);
}

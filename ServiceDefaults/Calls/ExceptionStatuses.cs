using Grpc.Core;

namespace DqnAspire.ServiceDefaults.Calls;

/// <summary>
/// What a service answers when its libraries throw: the one mapping for all its methods. A service adds its own to its
/// container; what it does not know becomes INTERNAL with the exception's type and message.
/// </summary>
/// <param name="Of">The status of an exception; null: it is not one of the service's libraries.</param>
public sealed record ExceptionStatuses(Func<Exception, Status?> Of);

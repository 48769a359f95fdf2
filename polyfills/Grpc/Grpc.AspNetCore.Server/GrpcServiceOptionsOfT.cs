namespace Grpc.AspNetCore.Server;

/// <summary>Settings of one service.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}

using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>A method of a service, what serves it, and the attributes of its class and implementation.</summary>
internal sealed record BoundMethod(IMethod Method, RequestDelegate Handler, IReadOnlyList<object> Metadata);

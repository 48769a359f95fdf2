using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace Grpc.Reflection;

/// <summary>Server reflection, version v1alpha: tells tools which services there are and what their messages look like.</summary>
public class ReflectionServiceImpl : ServerReflection.ServerReflectionBase
{
    private readonly List<string> _services;
    private readonly SymbolRegistry _symbols;

    /// <summary>Shows services and the files that define them.</summary>
    /// <param name="services">Full names, as listed.</param>
    /// <param name="symbolRegistry">Their files.</param>
    public ReflectionServiceImpl(IEnumerable<string> services, SymbolRegistry symbolRegistry)
    {
        _services = [.. services];
        _symbols = symbolRegistry;
    }

    /// <summary>Shows services.</summary>
    /// <param name="serviceDescriptors">The services.</param>
    public ReflectionServiceImpl(IEnumerable<ServiceDescriptor> serviceDescriptors)
        : this(serviceDescriptors.Select(s => s.FullName), SymbolRegistry.FromFiles(serviceDescriptors.Select(s => s.File)))
    {
    }

    /// <summary>Shows services.</summary>
    /// <param name="serviceDescriptors">The services.</param>
    public ReflectionServiceImpl(params ServiceDescriptor[] serviceDescriptors)
        : this((IEnumerable<ServiceDescriptor>)serviceDescriptors)
    {
    }

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            await responseStream.WriteAsync(Answer(requestStream.Current), context.CancellationToken).ConfigureAwait(false);
        }
    }

    internal ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFile(response, _symbols.FileByName(request.FileByFilename), $"file '{request.FileByFilename}'");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFile(response, _symbols.FileContainingSymbol(request.FileContainingSymbol), $"symbol '{request.FileContainingSymbol}'");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse { Service = { _services.Select(name => new ServiceResponse { Name = name }) } };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType when _symbols.Message(request.AllExtensionNumbersOfType) is { } message:
                // proto3 messages, all that C# generates services for here, have no extensions.
                response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = message.FullName };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetError(response, StatusCode.NotFound, $"message '{request.AllExtensionNumbersOfType}' not found.");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                SetError(
                    response,
                    StatusCode.NotFound,
                    $"extension {request.FileContainingExtension.ExtensionNumber} of '{request.FileContainingExtension.ContainingType}' not found.");
                break;
            default:
                SetError(response, StatusCode.InvalidArgument, "The request asks for nothing.");
                break;
        }

        return response;
    }

    private static void SetFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            SetError(response, StatusCode.NotFound, $"{what} not found.");
        }
        else
        {
            response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { SymbolRegistry.WithDependencies(file) } };
        }
    }

    private static void SetError(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };
}

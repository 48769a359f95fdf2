using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Collects the resources of a distributed application and builds it.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Configuration of the application host: command line, environment, settings files.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Directory of the application host's project; relative project paths start here.</summary>
    string AppHostDirectory { get; }

    /// <summary>Assembly of the application host.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>Environment of the application host.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Services of the application host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Events of the application's life.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>What this execution is for.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources added so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <exception cref="DistributedApplicationException">A resource has that name already; names ignore case.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>A builder for a resource, without adding it.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Builds the application. Nothing is started yet.</summary>
    DistributedApplication Build();
}

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the distributed application.</summary>
public interface IResource
{
    /// <summary>Unique name, ignoring case.</summary>
    string Name { get; }

    /// <summary>What is known about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact about a resource.</summary>
public interface IResourceAnnotation
{
}

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource
{
}

/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource
{
}

/// <summary>A resource that has endpoints.</summary>
public interface IResourceWithEndpoints : IResource
{
}

/// <summary>A resource whose start can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource
{
}

/// <summary>A resource that is a value and does not start or stop.</summary>
public interface IResourceWithoutLifetime : IResource
{
}

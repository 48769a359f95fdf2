namespace DqnAspire.AppHost.Supervision;

/// <summary>Marks a resource that <see cref="ServiceSupervisor"/> starts again after a crash.</summary>
internal sealed class SupervisedAnnotation : IResourceAnnotation;

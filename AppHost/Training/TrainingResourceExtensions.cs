namespace DqnAspire.AppHost.Training;

/// <summary>The run in the diagram.</summary>
internal static class TrainingResourceExtensions
{
    /// <summary>Adds the run, with its commands. It is no process: manifests leave it out.</summary>
    public static IResourceBuilder<TrainingResource> AddTraining(this IDistributedApplicationBuilder builder, string name)
    {
        var resource = new TrainingResource(name);
        return builder.AddResource(resource)
            .ExcludeFromManifest()
            .WithIconName("BrainCircuit")
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Training",
                CreationTimeStamp = DateTime.UtcNow,
                State = new ResourceStateSnapshot("Starting", KnownResourceStateStyles.Info),
                Properties = [],
            })
            .WithRunCommands()
            .OnInitializeResource((training, started, cancellationToken) => TrainingMonitor.WatchAsync(training, started, cancellationToken));
    }

    /// <summary>Says who works on the run.</summary>
    public static void RunsOn(
        this IResourceBuilder<TrainingResource> training, IResourceBuilder<ProjectResource> learner, IResourceBuilder<ProjectResource> eval)
    {
        training.Resource.Learner = learner.GetEndpoint("grpc");
        training.Resource.Eval = eval.GetEndpoint("grpc");
    }
}

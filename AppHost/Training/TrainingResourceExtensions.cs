namespace DqnAspire.AppHost.Training;

/// <summary>The run in the model.</summary>
internal static class TrainingResourceExtensions
{
    /// <summary>Adds the run, with its commands. It is not a process, so manifests leave it out.</summary>
    public static IResourceBuilder<TrainingResource> AddTraining(
        this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new TrainingResource(name))
            .ExcludeFromManifest()
            .WithIconName("BrainCircuit")
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Training",
                CreationTimeStamp = DateTime.UtcNow,
                State = TrainingState.Initial,
                Properties = [],
            })
            .WithTrainingCommands()
            .OnInitializeResource(TrainingMonitor.WatchAsync);

    /// <summary>Sets the services that work on the run.</summary>
    public static void RunsOn(
        this IResourceBuilder<TrainingResource> training,
        IResourceBuilder<ProjectResource> learner,
        IResourceBuilder<ProjectResource> eval)
    {
        training.Resource.Learner = learner.GetEndpoint("grpc");
        training.Resource.Eval = eval.GetEndpoint("grpc");
    }
}

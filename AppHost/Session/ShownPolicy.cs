using DqnAspire.Play.Policies;

namespace DqnAspire.AppHost.Session;

/// <summary>What <c>--show</c> names, found before anything is started.</summary>
/// <param name="Info">What it is.</param>
/// <param name="Reference">How EvalService finds it.</param>
/// <param name="RunsDirectory">Absolute path of the folder of runs whose policies can be chosen on the page.</param>
internal sealed record ShownPolicy(PolicyInfo Info, string Reference, string RunsDirectory)
{
    /// <summary>Finds it.</summary>
    /// <param name="text">As the user wrote it.</param>
    /// <exception cref="PolicyException">It is not there; the message says what there is.</exception>
    public static ShownPolicy Find(string text)
    {
        var reference = PolicyReference.Parse(text);
        var info = new PolicyLibrary(TrainingPlan.RunsDirectory).Find(reference);
        // A service has a working directory of its own.
        var place = info.RunFolder is { } run && !File.Exists(reference.Place) ? run : info.Path!;
        return new ShownPolicy(
            info,
            File.Exists(place) ? place : (reference with { Place = place }).ToString(),
            Path.GetDirectoryName(info.RunFolder) ?? TrainingPlan.RunsDirectory);
    }
}

using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Runs;

namespace DqnAspire.Benchmarks.Training;

/// <summary>Reports go nowhere: what is measured is training.</summary>
internal sealed class SilentObserver : IRunObserver
{
    public void OnProgress(RunProgress progress)
    {
    }

    public void OnRecord(RunRecord record)
    {
    }

    public void OnParameters(IPolicy policy, long steps, bool best)
    {
    }
}

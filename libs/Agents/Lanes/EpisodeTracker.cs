using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Lanes;

/// <summary>Returns and lengths of the episodes that people count, a running one in each lane.</summary>
public sealed class EpisodeTracker
{
    private readonly ILanes _lanes;
    private readonly double[] _returns;
    private readonly int[] _lengths;
    private readonly List<EndedEpisode> _ended = [];

    /// <summary>Tracks the episodes of some lanes.</summary>
    public EpisodeTracker(ILanes lanes)
    {
        _lanes = lanes;
        _returns = new double[lanes.Count];
        _lengths = new int[lanes.Count];
        AddResets();
    }

    /// <summary>Return so far of each lane's running episode.</summary>
    public IReadOnlyList<double> Returns => _returns;

    /// <summary>Steps so far of each lane's running episode.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Forgets the running episodes and those that ended.</summary>
    public void Reset()
    {
        Array.Clear(_returns);
        Array.Clear(_lengths);
        _ended.Clear();
    }

    /// <summary>Restores running episodes.</summary>
    /// <exception cref="InvalidDataException">They are of another number of lanes.</exception>
    public void Restore(IReadOnlyList<double> returns, IReadOnlyList<int> lengths)
    {
        if (returns.Count != _lanes.Count || lengths.Count != _lanes.Count)
        {
            throw new InvalidDataException($"The checkpoint is of {returns.Count} lanes; the run has {_lanes.Count}.");
        }

        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            (_returns[lane], _lengths[lane]) = (returns[lane], lengths[lane]);
        }
    }

    /// <summary>Counts the step that a lane has just taken.</summary>
    public void Add(int lane)
    {
        _returns[lane] += _lanes.Rewards.Span[lane];
        _lengths[lane]++;
        if (IsGameOver(lane, _lanes.Flags.Span[lane]))
        {
            _ended.Add(new EndedEpisode(_returns[lane], _lengths[lane]));
            (_returns[lane], _lengths[lane]) = (0, 0);
        }

        if (!_lanes.Resets.IsEmpty)
        {
            AddReset(lane);
        }
    }

    /// <summary>The episodes that ended since the last call.</summary>
    public IReadOnlyList<EndedEpisode> TakeEnded()
    {
        if (_ended.Count == 0)
        {
            return [];
        }

        EndedEpisode[] ended = [.. _ended];
        _ended.Clear();
        return ended;
    }

    /// <summary>
    /// A life that was lost ends an episode for the learner, where preprocessing says so, but not the game that people
    /// count.
    /// </summary>
    private bool IsGameOver(int lane, StepFlags flags) => flags.EndsEpisode() && !_lanes.GameContinues(lane);

    private void AddResets()
    {
        for (var lane = 0; lane < _lanes.Resets.Length; lane++)
        {
            AddReset(lane);
        }
    }

    /// <summary>
    /// What happened within a reset belongs to the game that goes on, which may have ended in it, and to the next one.
    /// A game that ended before the agent could play in it is none that it played.
    /// </summary>
    private void AddReset(int lane)
    {
        var reset = _lanes.Resets.Span[lane];
        if (reset.EndedGames > 0)
        {
            if (_lengths[lane] > 0)
            {
                _ended.Add(new EndedEpisode(_returns[lane] + reset.EndedReward, _lengths[lane]));
            }

            (_returns[lane], _lengths[lane]) = (0, 0);
        }

        _returns[lane] += reset.Reward;
    }
}

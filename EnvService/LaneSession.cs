using System.Diagnostics;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
using DqnAspire.Environments;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>
/// One session: opened by its first request, then one response for every request. Messages and buffers are made once
/// and used again, so a response holds only until the next request.
/// </summary>
/// <param name="registry">The environments that can be opened.</param>
/// <param name="options">The service's limits.</param>
/// <param name="metrics">Where steps are counted.</param>
internal sealed class LaneSession(EnvironmentRegistry registry, EnvServiceOptions options, EnvMetrics metrics)
{
    private readonly LanesStepped _stepped = new();
    private readonly StatePieces _states = new();
    private InteractResponse _steppedResponse = new();
    private EnvironmentLanes? _lanes;
    private KeyValuePair<string, object?> _tag;
    private string _id = "";
    private int[] _actions = [];
    private byte[] _flags = [];
    private byte[] _resetObservations = [];
    private Contracts.Env.V1.EpisodeSummary[] _episodes = [];

    /// <summary>Whether the session has lanes.</summary>
    public bool IsOpen => _lanes is not null;

    /// <summary>Environment steps so far, all lanes counted.</summary>
    public long Steps { get; private set; }

    /// <summary>Episodes that have ended so far.</summary>
    public long Episodes { get; private set; }

    /// <summary>Does what a request asks.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the playing of episodes early.</param>
    /// <returns>The response; it is overwritten by the next one.</returns>
    /// <exception cref="RpcException">The request is wrong; the message names the field.</exception>
    public InteractResponse Answer(InteractRequest request, CancellationToken cancellationToken) =>
        request.RequestCase switch
        {
            InteractRequest.RequestOneofCase.Open => Open(request.Open),
            InteractRequest.RequestOneofCase.Step => Step(request.Step, Opened("step")),
            InteractRequest.RequestOneofCase.Reset => Reset(request.Reset, Opened("reset")),
            InteractRequest.RequestOneofCase.Play => Play(request.Play, Opened("play"), cancellationToken),
            InteractRequest.RequestOneofCase.Render => LanePictures.Render(request.Render, Opened("render"), _id),
            InteractRequest.RequestOneofCase.Capture => LanePictures.Capture(Opened("capture")),
            InteractRequest.RequestOneofCase.SaveState => _states.Save(request.SaveState, Opened("save_state")),
            InteractRequest.RequestOneofCase.RestoreState => Restore(request.RestoreState, Opened("restore_state")),
            InteractRequest.RequestOneofCase.Change => Change(request.Change, Opened("change")),
            _ => throw EnvErrors.Invalid(
                "request",
                "one of open, step, reset, play, render, capture, save_state, restore_state and change must be set."),
        };

    private EnvironmentLanes Opened(string field) =>
        _lanes ?? throw EnvErrors.Invalid(field, "the first request of a session must be open.");

    private InteractResponse Open(OpenLanes open)
    {
        if (_lanes is not null)
        {
            throw EnvErrors.Invalid("open", "the session is open already; a second one needs a stream of its own.");
        }

        if (open.Lanes < 1 || open.Lanes > options.MaxLanes)
        {
            throw EnvErrors.Invalid(
                "open.lanes", $"{open.Lanes} is not a number of lanes from 1 to {options.MaxLanes}.");
        }

        var mode = StepMessages.ModeOf(open);
        var (definition, lanes) = EnvErrors.Create("open.", () =>
        {
            var definition = registry.Get(open.EnvironmentId);
            var threads = options.ThreadsPerSession;
            return (
                definition,
                EnvironmentLanes.Create(definition, open.Options, open.Lanes, open.Seed, mode, threads));
        });
        _lanes = lanes;
        _id = definition.Id;
        _tag = new("environment", definition.Id);
        _actions = new int[lanes.Count];
        _flags = new byte[lanes.Count];
        _resetObservations = new byte[lanes.Observations.Length];
        _episodes = [.. Enumerable.Range(0, lanes.Count).Select(_ => new Contracts.Env.V1.EpisodeSummary())];

        // The wrapped buffers change under these messages; each response is on the wire before the next request is
        // read.
        _stepped.Observations = UnsafeByteOperations.UnsafeWrap(lanes.Observations);
        _stepped.Flags = UnsafeByteOperations.UnsafeWrap(_flags);
        _stepped.Rewards.AddRange(new double[lanes.Count]);
        _steppedResponse = new InteractResponse { Stepped = _stepped };
        var opened = new LanesOpened
        {
            Environment = EnvironmentMessages.ToMessage(definition.Describe(lanes, open.Options)),
            Observations = _stepped.Observations,
            Info = { lanes.Info.ToArray() },
        };
        StepMessages.AddResets(opened.ResetEvents, lanes);
        return new InteractResponse { Opened = opened };
    }

    private InteractResponse Step(StepLanes step, EnvironmentLanes lanes)
    {
        var steps = ReadActions(step, lanes);
        var start = Stopwatch.GetTimestamp();
        lanes.Step(_actions);
        metrics.Stepped(_tag, steps, lanes.Episodes.Length, start);
        Steps += steps;
        Episodes += lanes.Episodes.Length;
        FillStepped(lanes);
        return _steppedResponse;
    }

    private InteractResponse Restore(RestoreState restore, EnvironmentLanes lanes)
    {
        if (!_states.Restore(restore, lanes))
        {
            return new InteractResponse { StateRestored = new StateRestored() };
        }

        FillStepped(lanes);
        var observations = new byte[lanes.Observations.Length];
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            lanes.CurrentObservation(lane).CopyTo(observations.AsSpan(lane * lanes.ObservationSpace.ByteCount));
        }

        return new InteractResponse
        {
            StateRestored = new StateRestored
            {
                LastStep = _stepped,
                Observations = UnsafeByteOperations.UnsafeWrap(observations),
            },
        };
    }

    private void FillStepped(EnvironmentLanes lanes)
    {
        StepMessages.Fill(_stepped, _flags, lanes);
        _stepped.Film = LanePictures.ToMessage(lanes.Film);
        _stepped.ResetObservations = lanes.ResetObservations.IsEmpty
            ? ByteString.Empty
            : UnsafeByteOperations.UnsafeWrap(lanes.ResetObservations);
        _stepped.Episodes.Clear();
        for (var i = 0; i < lanes.Episodes.Length; i++)
        {
            var summary = _episodes[i];
            (summary.Lane, summary.EpisodeReturn, summary.Length) = lanes.Episodes[i];
            _stepped.Episodes.Add(summary);
        }
    }

    /// <summary>Copies the actions after checking each; returns how many lanes are not idle.</summary>
    private int ReadActions(StepLanes step, EnvironmentLanes lanes)
    {
        if (step.Actions.Count != lanes.Count)
        {
            throw EnvErrors.Invalid(
                "step.actions", $"{step.Actions.Count} actions for {lanes.Count} lanes; there must be one a lane.");
        }

        var steps = 0;
        for (var lane = 0; lane < _actions.Length; lane++)
        {
            var action = step.Actions[lane];
            if (action != EnvironmentLanes.Idle)
            {
                if (!lanes.ActionSpace.Contains(action))
                {
                    throw EnvErrors.Invalid(
                        $"step.actions[{lane}]",
                        $"{action} is not an action of {_id} (0..{lanes.ActionSpace.Count - 1}).");
                }

                if (lanes.IsWaitingForReset(lane))
                {
                    throw EnvErrors.Invalid(
                        $"step.actions[{lane}]",
                        $"the episode of lane {lane} is over; reset it first, "
                            + $"or leave it idle with {EnvironmentLanes.Idle}.");
                }

                steps++;
            }

            _actions[lane] = action;
        }

        return steps;
    }

    private InteractResponse Reset(ResetLanes reset, EnvironmentLanes lanes)
    {
        CheckLanes(reset, lanes.Count);
        var stride = lanes.ObservationSpace.ByteCount;
        var names = lanes.InfoNames.Count;
        var answer = new LanesReset();
        for (var i = 0; i < reset.Resets.Count; i++)
        {
            var (lane, seed) = (reset.Resets[i].Lane, reset.Resets[i].HasSeed ? reset.Resets[i].Seed : (ulong?)null);
            lanes.Reset(lane, seed);
            lanes.CurrentObservation(lane).CopyTo(_resetObservations.AsSpan(i * stride));
            answer.Info.AddRange(lanes.Info.Slice(lane * names, names).ToArray());
            StepMessages.AddResets(answer.ResetEvents, lanes);
        }

        answer.Film = reset.Resets.Any(r => r.Lane == 0) ? LanePictures.ToMessage(lanes.Film) : null;
        answer.Observations = UnsafeByteOperations.UnsafeWrap(
            _resetObservations.AsMemory(0, reset.Resets.Count * stride));
        return new InteractResponse { Reset = answer };
    }

    private static InteractResponse Change(ChangeLane change, EnvironmentLanes lanes)
    {
        if (change.Lane < 0 || change.Lane >= lanes.Count)
        {
            throw EnvErrors.Invalid("change.lane", $"{change.Lane} is not a lane (0..{lanes.Count - 1}).");
        }

        foreach (var (name, value) in change.Values)
        {
            try
            {
                lanes.Change(change.Lane, name, value);
            }
            catch (EnvironmentOptionException exception)
            {
                throw EnvErrors.Invalid($"change.values[{Spelling.Echo(name)}]", exception.Message);
            }
        }

        return new InteractResponse { Changed = new LaneChanged() };
    }

    private static void CheckLanes(ResetLanes reset, int lanes)
    {
        var named = new bool[lanes];
        for (var i = 0; i < reset.Resets.Count; i++)
        {
            var lane = reset.Resets[i].Lane;
            if (lane < 0 || lane >= lanes)
            {
                throw EnvErrors.Invalid($"reset.resets[{i}].lane", $"{lane} is not a lane (0..{lanes - 1}).");
            }

            if (named[lane])
            {
                throw EnvErrors.Invalid($"reset.resets[{i}].lane", $"lane {lane} is named twice.");
            }

            named[lane] = true;
        }
    }

    private InteractResponse Play(PlayEpisodes play, EnvironmentLanes lanes, CancellationToken cancellationToken)
    {
        var returns = TableEpisodes.Play(play, lanes, _id, cancellationToken);
        metrics.Played(_tag, returns.Length);
        Episodes += returns.Length;
        return new InteractResponse { Played = new EpisodesPlayed { Returns = { returns } } };
    }
}

using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using DqnAspire.Environments;

namespace DqnAspire.Agents.Tests;

/// <summary>Runs in the test's process.</summary>
internal static class LocalRun
{
    public static RunContext Context(string runId, IRunObserver observer) =>
        new(runId, new LocalLaneSource(EnvironmentRegistry.Default), new LocalReplaySource(), observer);
}

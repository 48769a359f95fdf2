namespace DqnAspire.Replay.Tests;

/// <summary>What a table should hold, written as a bounded queue of whole transitions.</summary>
internal sealed class NaiveTable(int capacity)
{
    private readonly Dictionary<int, byte[]> _current = [];
    private readonly Queue<Transition> _transitions = new();
    private long _records;

    public IReadOnlyList<Transition> Transitions => [.. _transitions];

    public void Append(StepRecord record, byte[] observation)
    {
        if (record.Flags == RecordFlags.First)
        {
            _current[record.Lane] = observation;
        }
        else
        {
            _transitions.Enqueue(new Transition(_current[record.Lane], record.Action, record.Reward, record.Flags, observation, _records));
            if (_transitions.Count > capacity)
            {
                _transitions.Dequeue();
            }

            _current[record.Lane] = observation;
        }

        _records++;
    }

    internal sealed record Transition(byte[] Observation, int Action, float Reward, RecordFlags Flags, byte[] Next, long Record);
}

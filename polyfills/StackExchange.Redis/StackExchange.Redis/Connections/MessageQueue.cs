namespace StackExchange.Redis;

/// <summary>
/// The commands for one server in their order: first those that wait to be sent, then those that wait for their reply. Callers add at one
/// end, the writing thread moves them on, the reading thread takes them out as replies come.
/// </summary>
internal sealed class MessageQueue
{
    /// <summary>Waiting commands, and bytes in them, from which on callers that do not wait for replies have to.</summary>
    private const int CrowdedCount = 10_000;
    private const long CrowdedWeight = 64L * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Queue<Message> _pending = new();
    private readonly Queue<Message> _inFlight = new();
    private Connection? _connection;
    private bool _closed;
    private long _weight;
    private int _leases;
    private bool _writerWaits;
    private bool _closerWaits;

    /// <summary>Commands that wait to be sent.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Commands that wait for their reply.</summary>
    public int InFlightCount
    {
        get
        {
            lock (_gate)
            {
                return _inFlight.Count;
            }
        }
    }

    /// <summary>Whether more waits than should be added to without need.</summary>
    public bool IsCrowded
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count >= CrowdedCount || _weight >= CrowdedWeight;
            }
        }
    }

    /// <summary>Adds commands, one behind the other.</summary>
    /// <param name="messages">The commands.</param>
    /// <param name="whileDisconnected">Whether they may wait for a connection.</param>
    /// <returns>False if the queue is closed, or there is no connection and they may not wait.</returns>
    public bool TryAdd(ReadOnlySpan<Message> messages, bool whileDisconnected)
    {
        lock (_gate)
        {
            if (_closed || (_connection is null && !whileDisconnected))
            {
                return false;
            }

            foreach (var message in messages)
            {
                message.Status = _connection is null ? CommandStatus.WaitingInBacklog : CommandStatus.WaitingToBeSent;
                _pending.Enqueue(message);
                _weight += message.Weight;
            }

            if (_writerWaits)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
    }

    /// <summary>
    /// Takes commands that are to be sent now, with the SELECTs that they need; they count as sent from here on. A composite comes alone and
    /// counts its commands itself.
    /// </summary>
    /// <param name="batch">Where they are put; room for two at least.</param>
    /// <param name="connection">The connection to send them on.</param>
    /// <returns>Their number; 0 if there are none at present.</returns>
    public int Take(Span<Message> batch, out Connection? connection)
    {
        lock (_gate)
        {
            connection = _connection;
            var count = 0;
            while (connection is not null && count + 1 < batch.Length && _pending.TryPeek(out var message))
            {
                var alone = message.IsComposite || !connection.KnowsDatabase(message.Database);
                if (alone && count > 0)
                {
                    break;
                }

                _pending.Dequeue();
                _weight -= message.Weight;
                if (message.IsDone)
                {
                    continue;
                }

                if (alone)
                {
                    batch[count++] = message.IsComposite ? message : new FirstInDatabase(message);
                    break;
                }

                if (connection.SwitchTo(message.Database) is { } select)
                {
                    MarkSent(select);
                    batch[count++] = select;
                }

                MarkSent(message);
                batch[count++] = message;
            }

            return count;
        }
    }

    /// <summary>Waits until there is something to take.</summary>
    /// <returns>False when the queue is closed.</returns>
    public bool WaitForWork()
    {
        lock (_gate)
        {
            while (!_closed && (_connection is null || _pending.Count == 0))
            {
                _writerWaits = true;
                Monitor.Wait(_gate);
                _writerWaits = false;
            }

            return !_closed;
        }
    }

    /// <summary>Notes that a command is about to be sent.</summary>
    /// <returns>False if the connection is not the present one any more.</returns>
    public bool TryMarkSent(Connection connection, Message message)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(connection, _connection))
            {
                return false;
            }

            MarkSent(message);
            return true;
        }
    }

    /// <summary>The command that the next reply is for, which is still in the queue.</summary>
    public bool NextWantsLease()
    {
        if (Volatile.Read(ref _leases) == 0)
        {
            return false;
        }

        lock (_gate)
        {
            return _inFlight.TryPeek(out var message) && message.WantsLease;
        }
    }

    /// <summary>Takes out the command that a reply is for.</summary>
    public Message? TakeAnswered()
    {
        lock (_gate)
        {
            if (!_inFlight.TryDequeue(out var message))
            {
                return null;
            }

            if (message.WantsLease)
            {
                _leases--;
            }

            if (_closerWaits)
            {
                Monitor.PulseAll(_gate);
            }

            return message;
        }
    }

    /// <summary>There is a connection: what waits may be sent.</summary>
    public void Connect(Connection connection)
    {
        lock (_gate)
        {
            _connection = connection;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>There is no connection any more.</summary>
    /// <param name="abortPending">Whether what waits to be sent goes too.</param>
    /// <returns>The commands that will never be answered.</returns>
    public List<Message> Disconnect(bool abortPending)
    {
        lock (_gate)
        {
            _connection = null;
            List<Message> lost = [.. _inFlight];
            _inFlight.Clear();
            _leases = 0;
            foreach (var message in _pending)
            {
                message.Status = CommandStatus.WaitingInBacklog;
            }

            if (abortPending)
            {
                lost.AddRange(_pending);
                _pending.Clear();
                _weight = 0;
            }

            Monitor.PulseAll(_gate);
            return lost;
        }
    }

    /// <summary>Refuses commands from here on.</summary>
    /// <returns>The commands that were left.</returns>
    public List<Message> Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        return Disconnect(abortPending: true);
    }

    /// <summary>Waits until every command is answered.</summary>
    /// <param name="timeout">Longest time to wait.</param>
    public void WaitUntilEmpty(TimeSpan timeout)
    {
        var end = DateTime.UtcNow + timeout;
        lock (_gate)
        {
            _closerWaits = true;
            while (_pending.Count + _inFlight.Count > 0 && _connection is not null && end - DateTime.UtcNow is { Ticks: > 0 } left)
            {
                Monitor.Wait(_gate, left);
            }

            _closerWaits = false;
        }
    }

    /// <summary>The asynchronous commands without a result that were made before a time, oldest first.</summary>
    /// <param name="before">Milliseconds of <see cref="Environment.TickCount64"/>.</param>
    public List<Message> Overdue(long before)
    {
        lock (_gate)
        {
            return [.. _inFlight.Concat(_pending).Where(message => message.Created < before && !message.HasWaiter && !message.IsDone)];
        }
    }

    /// <summary>When the command was made that has waited longest for its reply; null if none waits.</summary>
    public long? OldestInFlight()
    {
        lock (_gate)
        {
            return _inFlight.TryPeek(out var message) ? message.Created : null;
        }
    }

    private void MarkSent(Message message)
    {
        message.Status = CommandStatus.Sent;
        _inFlight.Enqueue(message);
        if (message.WantsLease)
        {
            _leases++;
        }
    }
}

using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
using DqnAspire.Environments;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>
/// States of a session's lanes in transit: a state may be longer than a message and travels in pieces.
/// </summary>
internal sealed class LaneStates
{
    private const int PieceBytes = 2 * 1024 * 1024;
    private const int MaxSize = 256 * 1024 * 1024;

    private readonly MemoryStream _arrived = new();
    private byte[] _saved = [];
    private long _size;

    /// <summary>Gives a piece of the lanes' state; the first one takes it.</summary>
    /// <param name="save">Which piece.</param>
    /// <param name="lanes">The session's lanes.</param>
    /// <exception cref="RpcException">There is no such piece.</exception>
    public InteractResponse Save(SaveState save, EnvironmentLanes lanes)
    {
        if (save.Offset == 0)
        {
            _saved = lanes.SaveState();
        }

        if (save.Offset < 0 || save.Offset >= _saved.Length)
        {
            throw EnvErrors.Invalid(
                "save_state.offset", $"{save.Offset} is not in the state that was taken, of {_saved.Length} bytes.");
        }

        var size = _saved.Length;
        var piece = _saved.AsMemory((int)save.Offset);
        if (piece.Length > PieceBytes)
        {
            piece = piece[..PieceBytes];
        }
        else
        {
            // The last piece: the message keeps the bytes as long as they are needed.
            _saved = [];
        }

        var saved = new StateSaved { Piece = UnsafeByteOperations.UnsafeWrap(piece), Size = size };
        return new InteractResponse { StateSaved = saved };
    }

    /// <summary>Takes a piece of a state, and with the last one puts the lanes into it.</summary>
    /// <param name="restore">The piece.</param>
    /// <param name="lanes">The session's lanes.</param>
    /// <returns>Whether it was the last one.</returns>
    /// <exception cref="RpcException">
    /// The piece does not follow those before, or the state does not fit the lanes.
    /// </exception>
    public bool Restore(RestoreState restore, EnvironmentLanes lanes)
    {
        if (restore.Size is < 1 or > MaxSize)
        {
            throw EnvErrors.Invalid(
                "restore_state.size", $"{restore.Size} is not a size from 1 to {MaxSize} bytes.");
        }

        if (_arrived.Length > 0 && restore.Size != _size)
        {
            throw EnvErrors.Invalid(
                "restore_state.size", $"{restore.Size} bytes, where the pieces before were of a state of {_size}.");
        }

        if (restore.Piece.Length > restore.Size - _arrived.Length)
        {
            throw EnvErrors.Invalid(
                "restore_state.piece",
                $"{restore.Piece.Length} bytes are more than "
                    + $"the {restore.Size - _arrived.Length} that are missing of the state.");
        }

        // It grows with what arrives: nobody takes memory by announcing a large state.
        _size = restore.Size;
        _arrived.Write(restore.Piece.Span);
        if (_arrived.Length < _size)
        {
            return false;
        }

        try
        {
            lanes.RestoreState(_arrived.GetBuffer().AsSpan(0, (int)_arrived.Length));
        }
        catch (StateException exception)
        {
            throw EnvErrors.Invalid("restore_state", exception.Message);
        }

        _arrived.SetLength(0);
        _arrived.Capacity = 0;
        return true;
    }
}

using System.Runtime.CompilerServices;

namespace DqnAspire.Environments.Atari.Rules;

/// <summary>
/// The rule of one running game and what it remembers. <see cref="Advance"/> is called after every emulated frame, save
/// those in which the select switch is held.
/// </summary>
public sealed class GameState
{
    /// <summary>The place of a variable that the rule does not have.</summary>
    private const int Absent = -1;

    private readonly int[] _values;
    private readonly int _score;
    private readonly int _reward;
    private readonly int _terminal;

    /// <summary>A game that has just been switched on.</summary>
    /// <param name="rule">Its rule.</param>
    public GameState(GameRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Rule = rule;
        _values = new int[rule.Variables.Length];
        _score = rule.IndexOf(RuleVariable.Score);
        _reward = rule.IndexOf(RuleVariable.Reward);
        _terminal = rule.IndexOf(RuleVariable.Terminal);
        Reset();
    }

    /// <summary>The rule.</summary>
    public GameRule Rule { get; }

    /// <summary>Reward of the last frame; 0 after a reset.</summary>
    public int Reward => _values[_reward];

    /// <summary>The score as the rule keeps it; 0 when the game has none.</summary>
    public int Score => _score == Absent ? 0 : _values[_score];

    /// <summary>The number of lives to hand out.</summary>
    public int Lives => Rule.ReportedLives.Evaluate(_values);

    /// <summary>The game is over.</summary>
    public bool IsTerminal => _values[_terminal] != 0;

    /// <summary>
    /// All that is remembered, in the order of <see cref="GameRule.Variables"/>: what <see cref="Restore"/> takes.
    /// </summary>
    public ReadOnlySpan<int> Values => _values;

    /// <summary>A variable of the rule: its value after the last frame.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">The rule has none of that name.</exception>
    public int this[string name] => _values[IndexOf(name)];

    /// <summary>Gives every variable its value at the start of a game; those that have none keep theirs.</summary>
    public void Reset()
    {
        for (var index = 0; index < _values.Length; index++)
        {
            _values[index] = Rule.Variables[index].InitialValue ?? _values[index];
        }
    }

    /// <summary>
    /// Evaluates the rule for a frame. Nothing is allocated; when memory cannot be read, nothing has changed.
    /// </summary>
    /// <param name="memory">The console's memory after the frame.</param>
    /// <exception cref="ArgumentException">The memory has too little RAM.</exception>
    public void Advance(IGameMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var ram = memory.Ram;
        if (ram.Length < IGameMemory.RamSize)
        {
            ThrowTooLittle(ram.Length, nameof(memory));
        }

        Rule.FrameCode(ram, memory, _values);
    }

    /// <summary>Goes back to remembered values.</summary>
    /// <param name="values">What <see cref="Values"/> was, of a game with the same rule.</param>
    /// <exception cref="ArgumentException">The rule has another number of variables.</exception>
    public void Restore(ReadOnlySpan<int> values)
    {
        if (values.Length != _values.Length)
        {
            throw new ArgumentException(
                $"{Rule.Id} remembers {_values.Length} values, not {values.Length}.", nameof(values));
        }

        values.CopyTo(_values);
    }

    /// <summary>The values themselves, for formulas that are evaluated outside a frame.</summary>
    internal int[] Storage => _values;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowTooLittle(int length, string name) =>
        throw new ArgumentException($"A console has {IGameMemory.RamSize} bytes of RAM, not {length}.", name);

    private int IndexOf(string name)
    {
        var index = Rule.IndexOf(name);
        return index != Absent
            ? index
            : throw new KeyNotFoundException($"The rule of {Rule.Id} has no variable '{name}'.");
    }
}

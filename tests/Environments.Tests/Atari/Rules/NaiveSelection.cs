using System.Text.Json;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>The selection of a mode straight from the JSON text.</summary>
/// <param name="game">The game.</param>
/// <param name="mode">The mode.</param>
/// <param name="values">The rule's variables; the selection may set some.</param>
/// <param name="host">The environment.</param>
internal sealed class NaiveSelection(JsonElement game, int mode, Dictionary<string, int> values, TapeHost host)
{
    /// <summary>Selects the mode.</summary>
    /// <returns>False when it gave up.</returns>
    public bool Run()
    {
        var select = game.GetProperty("modes").GetProperty("select");
        return select.ValueKind == JsonValueKind.Null || select.EnumerateArray().All(Run);
    }

    private bool Run(JsonElement step)
    {
        switch (step.GetProperty("op").GetString())
        {
            case "softReset":
                host.SoftReset(4);
                return true;
            case "pressSelect":
                host.HoldSelect(step.GetProperty("frames").GetInt32());
                return true;
            case "pressSelectUntil":
                var left = step.TryGetProperty("maxPresses", out var limit) ? limit.GetInt32() : int.MaxValue;
                while (Value(step, "until") == 0)
                {
                    if (left-- == 0)
                    {
                        return false;
                    }

                    host.HoldSelect(Value(step, "frames"));
                    Act(step, "thenAct");
                }

                return true;
            case "act":
                host.Act(Number(step.GetProperty("action")), step.GetProperty("count").GetInt32());
                return true;
            case "actUntil":
                while (Value(step, "until") == 0)
                {
                    Act(step, "actions");
                }

                return true;
            case "actUntilChanged":
                var before = Value(step, "read");
                do
                {
                    Act(step, "actions");
                }
                while (Value(step, "read") == before);
                return true;
            case "setOption":
                var wanted = Value(step, "wanted") != 0;
                while (Value(step, "state") != 0 != wanted)
                {
                    Act(step, wanted ? "onActions" : "offActions");
                }

                return true;
            case "set":
                values[step.GetProperty("var").GetString()!] = Value(step, "formula");
                return true;
            default:
                throw new FormatException($"{step}");
        }
    }

    private static int Number(JsonElement action) => AtariActions.Names.IndexOf(action.GetString()!);

    private void Act(JsonElement step, string field)
    {
        if (step.TryGetProperty(field, out var actions))
        {
            foreach (var action in actions.EnumerateArray())
            {
                host.Act(Number(action), 1);
            }
        }
    }

    private int Value(JsonElement step, string field) => NaiveFormula.Evaluate(
        step.GetProperty(field).ToString(),
        address => host.Ram[address],
        address => host.Ram.Bus[address],
        name => name switch
        {
            "mode" => mode,
            "rng" => (int)(((IModeSelectionHost)host).NextRandom() % 0x8000_0000),
            _ => values[name],
        },
        name => throw new FormatException($"prev.{name}"));
}

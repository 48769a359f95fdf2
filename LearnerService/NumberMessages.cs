using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Common.V1;

namespace DqnAspire.LearnerService;

/// <summary>Numbers as messages.</summary>
internal static class NumberMessages
{
    /// <summary>Numbers with what a client needs to show them.</summary>
    public static IEnumerable<Number> ToMessages(NumberSet numbers) => numbers.Select(pair => new Number
    {
        Name = pair.Key.Name,
        Value = pair.Value,
        Label = pair.Key.Label ?? "",
        Format = pair.Key.Format,
        Unit = pair.Key.Unit,
    });

    /// <summary>Numbers of a message.</summary>
    /// <param name="numbers">The message's.</param>
    /// <param name="named">Gives a name's declaration.</param>
    public static NumberSet ToNumbers(IEnumerable<Number> numbers, Func<string, TrainingNumber> named) =>
        numbers.Aggregate(NumberSet.Empty, (set, number) => set.With(named(number.Name), number.Value));
}

using System.Globalization;
using System.Numerics;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>The values of an environment's options: those given, and the defaults of the others.</summary>
public sealed class EnvironmentOptions
{
    private readonly string _id;
    private readonly Dictionary<string, string> _values;

    /// <summary>Joins given values with defaults.</summary>
    /// <param name="id">The environment, for messages.</param>
    /// <param name="options">The options it has.</param>
    /// <param name="given">Values by option name; null when none are given.</param>
    /// <exception cref="EnvironmentOptionException">A name is not one of <paramref name="options"/>.</exception>
    public EnvironmentOptions(
        string id, IReadOnlyList<EnvironmentOption> options, IEnumerable<KeyValuePair<string, string>>? given)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(options);
        _id = id;
        _values = options.ToDictionary(option => option.Name, option => option.DefaultValue, StringComparer.Ordinal);
        foreach (var (name, value) in given ?? [])
        {
            if (!_values.ContainsKey(name))
            {
                throw new EnvironmentOptionException(
                    name,
                    $"'{Spelling.Echo(name)}' is not an option of {id}; "
                        + $"its options are {string.Join(", ", options.Select(option => option.Name))}.");
            }

            _values[name] = value;
        }
    }

    /// <summary>The value as text.</summary>
    /// <param name="name">An option of the environment.</param>
    /// <returns>The value given, or the default.</returns>
    public string GetText(string name) => _values[name];

    /// <summary>The value as true or false.</summary>
    /// <param name="name">An option of the environment.</param>
    /// <returns>The value given, or the default.</returns>
    /// <exception cref="EnvironmentOptionException">The value is neither.</exception>
    public bool GetBoolean(string name) =>
        bool.TryParse(_values[name], out var value) ? value : throw Refuse(name, "must be true or false");

    /// <summary>The value as a number within bounds.</summary>
    /// <typeparam name="T">double, or an integer type for whole numbers.</typeparam>
    /// <param name="name">An option of the environment.</param>
    /// <param name="low">Lowest value it takes.</param>
    /// <param name="high">Highest value it takes.</param>
    /// <returns>The value given, or the default.</returns>
    /// <exception cref="EnvironmentOptionException">The value is no such number or out of bounds.</exception>
    public T GetNumber<T>(string name, T low, T high)
        where T : INumber<T>
    {
        // Neither spaces nor thousands separators: "0,001" is no thousand and one.
        var isWhole = typeof(T) != typeof(double);
        var style = isWhole
            ? NumberStyles.AllowLeadingSign
            : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (T.TryParse(_values[name], style, CultureInfo.InvariantCulture, out var value)
            && value >= low && value <= high)
        {
            return value;
        }

        var kind = isWhole ? "whole number" : "number";
        throw Refuse(name, string.Create(CultureInfo.InvariantCulture, $"must be a {kind} of {low}..{high}"));
    }

    /// <summary>The value as one of several words.</summary>
    /// <param name="name">An option of the environment.</param>
    /// <param name="choices">The words it takes.</param>
    /// <returns>The value given, or the default.</returns>
    /// <exception cref="EnvironmentOptionException">The value is none of them.</exception>
    public string GetChoice(string name, params ReadOnlySpan<string> choices) =>
        choices.Contains(_values[name])
            ? _values[name]
            : throw Refuse(name, $"must be one of {string.Join(", ", choices)}");

    /// <summary>The error for a value that an option does not take.</summary>
    /// <param name="name">An option of the environment.</param>
    /// <param name="reason">What it should be, to follow the value: "must be ...".</param>
    /// <param name="innerException">The error that refused the value; null when there was none.</param>
    /// <returns>The error to throw.</returns>
    public EnvironmentOptionException Refuse(string name, string reason, Exception? innerException = null) =>
        new(name, $"{name} of {_id} is '{Spelling.Echo(_values[name])}'; it {reason}.", innerException);
}

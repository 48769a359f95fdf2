using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using DqnAspire.Core;

namespace DqnAspire.Agents.Settings;

/// <summary>One setting of a <see cref="TrainingSettings"/> object: its name, its value, what it may be.</summary>
public sealed class SettingInfo
{
    private const int MaxShown = 200;

    private readonly object _section;
    private readonly PropertyInfo _property;
    private readonly SettingAttribute _attribute;

    internal SettingInfo(string sectionName, object section, PropertyInfo property, SettingAttribute attribute)
    {
        Name = $"{sectionName}:{property.Name}";
        _section = section;
        _property = property;
        _attribute = attribute;
    }

    /// <summary>"Section:Key", as on the command line.</summary>
    public string Name { get; }

    /// <summary>Meaning, one line.</summary>
    public string Description => _attribute.Description;

    /// <summary>What a number counts; empty where it has no unit.</summary>
    public string Unit => _attribute.Unit;

    /// <summary>When the setting of a run may be changed.</summary>
    public SettingChange Changeable => _attribute.Changeable;

    /// <summary>The current value, written so that it can be read back.</summary>
    public string Value => _property.GetValue(_section) switch
    {
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The values it can take, in words.</summary>
    public string Range
    {
        get
        {
            if (_property.PropertyType == typeof(string))
            {
                return "text";
            }

            if (_property.PropertyType == typeof(bool))
            {
                return "true or false";
            }

            if (_property.PropertyType.IsEnum)
            {
                return $"one of {string.Join(", ", Enum.GetNames(_property.PropertyType))}";
            }

            var kind = _property.PropertyType == typeof(double) ? "a number" : "a whole number";
            var from = _attribute.ExcludesMin ? "above" : "from";
            return (double.IsFinite(_attribute.Min), double.IsFinite(_attribute.Max)) switch
            {
                (true, true) => FormattableString.Invariant($"{kind} {from} {_attribute.Min} to {_attribute.Max}"),
                (true, false) => FormattableString.Invariant($"{kind} {from} {_attribute.Min}"),
                (false, true) => FormattableString.Invariant($"{kind} up to {_attribute.Max}"),
                _ => kind,
            };
        }
    }

    /// <summary>Whether a JSON value of a type can be one of this setting.</summary>
    internal bool Accepts(JsonTokenType kind) => _property.PropertyType == typeof(bool)
        ? kind is JsonTokenType.True or JsonTokenType.False
        : kind == (_property.PropertyType == typeof(string) || _property.PropertyType.IsEnum
            ? JsonTokenType.String
            : JsonTokenType.Number);

    /// <summary>Reads and stores a value.</summary>
    /// <exception cref="SettingException">The text is no such value, or out of range.</exception>
    public void Set(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = Parse(text.Trim()) ?? throw Refused(text);
        if (value is string { Length: 0 } && _property.GetValue(_section) is not "")
        {
            throw Refused(text);
        }

        if (value is not (string or bool or Enum))
        {
            var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            var isTooSmall = number < _attribute.Min || (_attribute.ExcludesMin && number == _attribute.Min);
            if (!double.IsFinite(number) || isTooSmall || number > _attribute.Max)
            {
                throw Refused(text);
            }
        }

        _property.SetValue(_section, value);
    }

    /// <summary>The value that a text says; null: it says none.</summary>
    private object? Parse(string text)
    {
        var type = _property.PropertyType;
        return type.IsEnum ? ParseName(text)
            : type == typeof(string) ? text
            : type == typeof(bool) ? (bool.TryParse(text, out var value) ? value : null)
            : type == typeof(int) ? Number<int>(text)
            : type == typeof(long) ? Number<long>(text)
            : type == typeof(ulong) ? Number<ulong>(text)
            : type == typeof(double) ? Number<double>(text)
            : type == typeof(uint) ? Number<uint>(text)
            : type == typeof(float) ? Number<float>(text)
            : throw new NotSupportedException($"{Name} is of type {type.Name}, which no setting can be.");
    }

    private static object? Number<T>(string text)
        where T : struct, INumber<T> => NumberText.TryParse<T>(text, out var value) ? value : null;

    // Names only: a number that an enumeration could be cast from means nothing to a reader.
    private object? ParseName(string text) =>
        Enum.GetNames(_property.PropertyType)
            .FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse(_property.PropertyType, name)
            : null;

    private SettingException Refused(string text)
    {
        var isNumber = _property.PropertyType is { IsEnum: false } type && type != typeof(string)
            && type != typeof(bool);
        var hint = isNumber ? NumberText.Hint(text) : "";
        return new($"{Name}='{OneLine.Of(text, MaxShown)}' is not {Range}{hint}. {Description}");
    }
}

namespace StackExchange.Redis;

/// <summary>Arguments of commands from what callers give.</summary>
internal static class Arguments
{
    public static RedisValue[] Of(RedisKey[] keys) => Array.ConvertAll(keys, static key => key.Required());

    public static RedisValue[] Of(RedisKey key, RedisValue[] values) => [key.Required(), .. values];

    public static RedisValue[] Of(KeyValuePair<RedisKey, RedisValue>[] pairs)
    {
        var arguments = new RedisValue[2 * pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            arguments[2 * i] = pairs[i].Key.Required();
            arguments[(2 * i) + 1] = pairs[i].Value;
        }

        return arguments;
    }

    /// <summary>Arguments of a command of any name.</summary>
    /// <exception cref="InvalidCastException">One has a type that is no value.</exception>
    public static RedisValue[] Of(ICollection<object>? arguments)
    {
        var values = new RedisValue[arguments?.Count ?? 0];
        var count = 0;
        foreach (var argument in arguments ?? [])
        {
            values[count++] = RedisValue.TryFrom(argument, out var value)
                ? value
                : throw new InvalidCastException($"Unable to use a {argument.GetType().Name} as an argument of a command.");
        }

        return values;
    }
}

namespace Aspire.Hosting;

/// <summary>A parameter or connection string is used and configuration has no value for it.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which value is missing, and where it is looked for.</param>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which value is missing, and where it is looked for.</param>
    /// <param name="innerException">Its cause.</param>
    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

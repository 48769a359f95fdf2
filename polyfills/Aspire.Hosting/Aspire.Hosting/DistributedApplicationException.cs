namespace Aspire.Hosting;

/// <summary>The distributed application is described wrongly, or a part of it cannot do what was asked.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and with which resource.</param>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and with which resource.</param>
    /// <param name="inner">Its cause.</param>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

namespace Grpc.Core;

/// <summary>Put by the code generator on a service's base class: which static method binds the service's methods to a <see cref="ServiceBinderBase"/>.</summary>
/// <param name="bindType">The type with the static method.</param>
/// <param name="bindMethodName">The method's name; its parameters are the binder and the service.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    /// <summary>The type with the static method.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>The method's name.</summary>
    public string BindMethodName { get; } = bindMethodName;
}

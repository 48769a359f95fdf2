namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>Whether a joint is at one of its limits.</summary>
internal enum JointLimit : byte
{
    /// <summary>Between them.</summary>
    None,

    /// <summary>At the least angle.</summary>
    Lower,

    /// <summary>At the greatest angle.</summary>
    Upper,
}

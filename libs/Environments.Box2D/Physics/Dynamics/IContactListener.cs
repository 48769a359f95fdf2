namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>Receives which shapes begin and cease to touch while the world steps.</summary>
internal interface IContactListener
{
    /// <summary>Two shapes have begun to touch.</summary>
    void BeginContact(Contact contact);

    /// <summary>Two shapes have ceased to touch.</summary>
    void EndContact(Contact contact);
}

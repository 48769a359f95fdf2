using DqnAspire.Core;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>
/// The pairs of shapes whose boxes overlap. Box2D puts a new contact at the front of every list it belongs to, and
/// always goes from front to back: here they lie in the order of making and are gone through from the last to the
/// first.
/// </summary>
internal sealed class ContactList
{
    private readonly Pool<Contact> _contacts = new();

    /// <summary>Number of contacts.</summary>
    public int Count => _contacts.Count;

    /// <summary>A contact, in the order of making.</summary>
    public Contact this[int index] => _contacts[index];

    /// <summary>Forgets all.</summary>
    public void Clear() => _contacts.Clear();

    /// <summary>Writes the contacts, with the order that they are gone through in.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Write(Count);
        foreach (var contact in _contacts.Items)
        {
            writer.Write(contact.Edge.Index);
            writer.Write(contact.Polygon.Index);
            contact.SaveState(writer);
        }
    }

    /// <summary>Takes over the contacts of a world of the same make.</summary>
    /// <param name="reader">What was saved.</param>
    /// <param name="fixtures">The shapes of this world.</param>
    /// <exception cref="StateException">Some contact is not of an edge and a polygon.</exception>
    public void RestoreState(StateReader reader, ReadOnlySpan<Fixture> fixtures)
    {
        Clear();
        var count = reader.ReadInt32("the number of contacts", 0, fixtures.Length * fixtures.Length);
        for (var i = 0; i < count; i++)
        {
            var edge = fixtures[reader.ReadInt32("a fixture", 0, fixtures.Length - 1)];
            var polygon = fixtures[reader.ReadInt32("a fixture", 0, fixtures.Length - 1)];
            if (!edge.Shape.IsEdge || polygon.Shape.IsEdge)
            {
                throw reader.Refuse($"fixtures {edge.Index} and {polygon.Index} are not an edge and a polygon");
            }

            Add(edge, polygon).RestoreState(reader);
        }
    }

    private Contact Add(Fixture edge, Fixture polygon)
    {
        var contact = _contacts.Add();
        contact.Begin(edge, polygon);
        return contact;
    }

    /// <summary>
    /// Finds the pairs that have come near each other since the last call. Of the candidates, those made first come
    /// first: the order of Box2D's tree as long as nothing is ever taken out of it, and all that a tree of few shapes
    /// would give.
    /// </summary>
    public void FindNew(ReadOnlySpan<Fixture> fixtures)
    {
        for (var i = 0; i < fixtures.Length; i++)
        {
            var first = fixtures[i];
            for (var j = i + 1; j < fixtures.Length; j++)
            {
                var second = fixtures[j];
                if ((first.HasNewBounds || second.HasNewBounds) && first.RoomyBounds.Overlaps(second.RoomyBounds))
                {
                    AddPair(first, second);
                }
            }
        }

        foreach (var fixture in fixtures)
        {
            fixture.HasNewBounds = false;
        }
    }

    /// <summary>Drops contacts whose boxes have parted, and finds where the others touch now.</summary>
    public void Update(IContactListener? listener)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            var contact = _contacts[i];
            if (!contact.Body.IsAwake)
            {
                continue;
            }

            if (contact.Edge.RoomyBounds.Overlaps(contact.Polygon.RoomyBounds))
            {
                contact.Update(listener);
            }
            else
            {
                Remove(i, listener);
            }
        }
    }

    private void Remove(int index, IContactListener? listener)
    {
        var contact = _contacts[index];
        if (contact.IsTouching)
        {
            listener?.EndContact(contact);
            contact.Body.WakeUp();
        }

        _contacts.RemoveAt(index);
    }

    private void AddPair(Fixture first, Fixture second)
    {
        if (first.Shape.IsEdge == second.Shape.IsEdge
            || !FixtureDefinition.Collide(first.Definition, second.Definition))
        {
            return;
        }

        var (edge, polygon) = first.Shape.IsEdge ? (first, second) : (second, first);
        foreach (var contact in _contacts.Items)
        {
            if (contact.Edge == edge && contact.Polygon == polygon)
            {
                return;
            }
        }

        Add(edge, polygon);
        polygon.Body.WakeUp();
    }
}
